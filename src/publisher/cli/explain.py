"""`publisher explain`: the page on a code."""

from __future__ import annotations

import sys
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from publisher.diagnostics import codes


def _completions(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes that begin like this."""
    return [
        CompletionItem(page.code, help=page.title) for page in codes.pages() if page.code.startswith(incomplete.upper())
    ]


@click.command()
@click.argument("code", required=False, shell_complete=_completions)
def explain(code: str | None) -> None:
    """Explain the code of an error, with an example.

    CODE is what stands in brackets after `error` or `warning`. Without it, all codes are listed.

    \b
    Examples:
      publisher explain N-003
      publisher explain
    """
    if code is None:
        click.echo("\n".join(f"{page.code}  {page.title}" for page in codes.pages()))
        return
    page = codes.page(code)
    if page is None:
        raise click.BadParameter(f"there is no code {code!r}.{_suggestion(code)}", param_hint="CODE")
    _print(page)


def _print(page: codes.Page) -> None:
    if not sys.stdout.isatty():
        click.echo(page.text, nl=False)
        return
    from publisher.diagnostics.report.terminal import print_markdown

    print_markdown(page.text, stream=sys.stdout)


def _suggestion(code: str) -> str:
    near = get_close_matches(code.upper(), codes.codes(), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else " 'publisher explain' lists them all."
