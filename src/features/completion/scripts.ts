/** The shells that have a script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * What a shell reads once: at each Tab it asks slipway for the words, and takes them as text. None of them is ever
 * expanded: names of folders come from whoever wrote the repository.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# slipway completion bash > ~/.local/share/bash-completion/completions/slipway
_slipway() {
  local word rest
  COMPREPLY=()
  while IFS=$'\\t' read -r word rest; do
    COMPREPLY+=("$word")
  done < <(slipway completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}
complete -o default -o nosort -F _slipway slipway 2> /dev/null || complete -o default -F _slipway slipway
`,
  zsh: `#compdef slipway
# slipway completion zsh > "\${fpath[1]}/_slipway"
_slipway() {
  local word help
  local -a found
  while IFS=$'\\t' read -r word help; do
    found+=("\${word//:/\\\\:}:$help")
  done < <(slipway completion words -- "\${(@)words[2,CURRENT]}" 2> /dev/null)
  if (( $#found )); then _describe -V slipway found; else _files; fi
}
if [[ $funcstack[1] = _slipway ]]; then _slipway "$@"; else compdef _slipway slipway; fi
`,
  fish: `# slipway completion fish > ~/.config/fish/completions/slipway.fish
function __slipway_words
    set -l words (commandline -opc) (commandline -ct)
    slipway completion words -- $words[2..-1] 2> /dev/null
end
complete -c slipway -k -a '(__slipway_words)'
`,
};
