# Filled in by scripts/release.js. The tarball of the release has no dependencies: it is unpacked and given a node.
{
  description = "Scaffolding generator for Kubernetes GitOps repositories";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      forAll = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = forAll (pkgs: {
        default = pkgs.stdenvNoCC.mkDerivation {
          pname = "slipway";
          version = "@VERSION@";
          src = pkgs.fetchurl {
            url = "@URL@";
            sha256 = "@SHA256@";
          };
          nativeBuildInputs = [ pkgs.makeWrapper ];
          installPhase = ''
            mkdir -p $out/lib/slipway $out/bin $out/share
            cp -r . $out/lib/slipway/
            ln -s $out/lib/slipway/dist/man $out/share/man
            makeWrapper ${pkgs.nodejs_22}/bin/node $out/bin/slipway --add-flags $out/lib/slipway/bin/slipway.js
          '';
          meta.mainProgram = "slipway";
        };
      });
    };
}
