"""`publisher explain`: the page on a code."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem

from publisher.diagnostics import codes


def _completions(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes and names that begin with the letters typed so far."""
    pages = tuple(codes.pages())
    return [
        *(CompletionItem(page.code, help=page.title) for page in pages if page.code.startswith(incomplete.upper())),
        *(CompletionItem(page.name, help=page.title) for page in pages if page.name.startswith(incomplete.lower())),
    ]


@click.command()
@click.argument("code", required=False, nargs=-1, shell_complete=_completions)
def explain(code: tuple[str, ...]) -> None:
    """Explain the code of an error: what it means, an example, how to fix it.

    CODE is the number or the name in brackets after `error` or `warning`. Without it, all codes
    are listed.

    \b
    Examples:
      publisher explain N-003
      publisher explain lemma-not-found
      publisher explain
    """
    if not code:
        click.echo("\n".join(f"{page.code}  {page.name}: {page.title}" for page in codes.pages()))
        return
    found = dict.fromkeys(_page(word) for part in code for word in part.split())
    for page in found or (_page(""),):
        _print(page)


def _page(word: str) -> codes.Page:
    """Return the page on a code. Raises `click.BadParameter`, with the nearest names, if there is none."""
    page = codes.page(word)
    if page is None:
        near = codes.suggestions(word)
        hint = f"Did you mean {' or '.join(near)}?" if near else "'publisher explain' lists them all."
        raise click.BadParameter(f"there is no code {word!r}. {hint}", param_hint="CODE")
    return page


def _print(page: codes.Page) -> None:
    """Print a page: Markdown set for a terminal, or as it is."""
    if not sys.stdout.isatty():
        click.echo(page.text, nl=False)
        return
    from publisher.diagnostics.report.terminal import print_markdown

    print_markdown(page.text, stream=sys.stdout)
