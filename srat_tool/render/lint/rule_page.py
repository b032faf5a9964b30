"""The page of a rule, as plain text and as Markdown, both from the rule's file."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, indent

from srat_tool.lint.page import HEADINGS, Page, page
from srat_tool.lint.rule import Example, Rule


def rule_page(rule: type[Rule], width: int = 92) -> str:
    """Return the page for a terminal or a pager; examples keep their lines."""
    text = page(rule)
    first = f"{rule.id} {rule.name}: {_severities(rule)}, needs {_needs(rule)}"
    parts = [fill(first, width, subsequent_indent="  "), fill(text.summary, width)]
    parts += [
        f"{heading}\n{fill(body, width, initial_indent='  ', subsequent_indent='  ')}"
        for heading, body in _sections(text)
    ]
    parts += [
        f"Example: {example.title}\n{indent(example.spec.rstrip(), '  ')}\n{_found(rule, example)}"
        for example in rule.examples
    ]
    return "\n\n".join(parts)


def rule_markdown(rule: type[Rule]) -> str:
    """Return the page for the manual."""
    text = page(rule)
    parts = [
        f"### {rule.id} {rule.name}",
        text.summary,
        f"Severity: {_severities(rule)}. Needs: {_needs(rule)}.",
    ]
    parts += [f"**{heading}.** {body}" for heading, body in _sections(text)]
    for example in rule.examples:
        verdict = "\n".join(f"- `{message}`" for message in example.findings) or "- nothing"
        parts.append(f"*{example.title}*\n\n```toml\n{example.spec}```\n\n{verdict}")
    return "\n\n".join(parts) + "\n"


def _sections(text: Page) -> Iterator[tuple[str, str]]:
    yield from zip(HEADINGS, text[1:], strict=True)


def _severities(rule: type[Rule]) -> str:
    others = [f"{name}: {level.label}" for name, level in rule.severities.items()]
    return rule.severity.label + (f" ({', '.join(others)})" if others else "")


def _needs(rule: type[Rule]) -> str:
    kind = {"bytes": "any table", "table": rule.table, "machine": "the tables of a machine"}
    return kind.get(rule.scope.value, "a plan")


def _found(rule: type[Rule], example: Example) -> str:
    if not example.findings:
        return f"  {rule.id} reports nothing."
    return "\n".join(f"  -> {message}" for message in example.findings)
