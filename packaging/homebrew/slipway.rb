# Filled in by scripts/release.js. It installs the tarball of the release; that has no dependencies, and runs no script.
class Slipway < Formula
  desc "Scaffolding generator for Kubernetes GitOps repositories"
  homepage "@HOMEPAGE@"
  url "@URL@"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    man1.install_symlink libexec.glob("share/man/man1/*")
    (man/"zh_CN/man1").install_symlink libexec.glob("lib/node_modules/slipway/dist/man/zh_CN/man1/*")
  end

  test do
    system bin/"slipway", "new-app", "shop", "--chart", "ledger", "--demo", testpath/"fleet", "--yes"
    assert_path_exists testpath/"fleet/production/shop/kustomization.yaml"
  end
end
