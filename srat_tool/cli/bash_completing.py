"""Completion in bash, which breaks words at colons and equals signs: `example:name` is three words.

The line is split here as a shell splits it, and what bash holds to be words before the last colon
is not repeated in the answers.
"""

from __future__ import annotations

import os

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    split_arg_string,
)

_TEMPLATE = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done < <(COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" \\
        COMP_WORDBREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class WholeWords(BashComplete):
    """Completion of words that may contain colons."""

    source_template = _TEMPLATE
    _before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one at the cursor, and that one as far as it is typed."""
        line = os.environ.get("COMP_LINE")
        if line is None:  # a script that an older release wrote
            return super().get_completion_args()
        point = int(os.environ.get("COMP_POINT") or len(line))
        line = os.fsencode(line)[:point].decode(errors="replace")
        words = split_arg_string(line)[1:]
        word = "" if line[-1:].isspace() or not words else words.pop()
        if ":" in os.environ.get("COMP_WORDBREAKS", ""):
            self._before = word[: word.rfind(":") + 1]
        return words, word

    def format_completion(self, item: CompletionItem) -> str:
        """Return the part of an answer that bash puts in place of its own last word."""
        return f"{item.type},{item.value.removeprefix(self._before)}"
