"""Completion of `--option=value` in fish and zsh, which keep both in one word.

The program answers with values; the scripts here put them after the option that is typed already.
"""

from __future__ import annotations

from click.shell_completion import FishComplete, ZshComplete, add_completion_class

from srat_tool.cli.bash_completing import WholeWords

_FISH = """\
function %(complete_func)s
    set -l option (string match -r -- '^--[^=]*=' (commandline -t))
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
        COMP_CWORD=(commandline -t) %(prog_name)s)
    for completion in $response
        set -l answer (string split -m 1 , -- $completion)
        set -l values
        switch $answer[1]
            case dir
                set values (__fish_complete_directories $answer[2])
            case file
                set values (__fish_complete_path $answer[2])
            case plain
                set values $answer[2]
        end
        for value in $values
            printf '%%s%%s\\n' "$option" $value
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""
_ZSH = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local type key description
    local -a plain described response
    (( ! $+commands[%(prog_name)s] )) && return 1

    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete %(prog_name)s)}")
    [[ $PREFIX == --*=* ]] && compset -P 1 '*='
    for type key description in ${response}; do
        case $type in
            plain)
                if [[ $description == _ ]]; then
                    plain+=("$key")
                else
                    described+=("$key":"$description")
                fi ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done
    [[ -n $described ]] && _describe -V unsorted described -U
    [[ -n $plain ]] && compadd -U -i "$IPREFIX" -V unsorted -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""


class FishOptions(FishComplete):
    """fish, with values after their options."""

    source_template = _FISH


class ZshOptions(ZshComplete):
    """zsh, with values after their options."""

    source_template = _ZSH


def register() -> None:
    """Let click use these, and the one of bash."""
    add_completion_class(WholeWords)
    add_completion_class(FishOptions)
    add_completion_class(ZshOptions)
