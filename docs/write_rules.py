"""Write the pages of `docs/rules/` from the rule files: `python docs/write_rules.py`; it touches nothing else."""  # noqa: INP001 # a script, not a package

from pathlib import Path

from wrongfix import explain, rulebook

PAGES = Path(__file__).parent / "rules"


def main() -> None:
    """Write a page for each rule and the index, and take away pages of rules that are gone."""
    book = rulebook.load()
    pages = {explain.file_name(rule): explain.page(rule, book) for rule in book.rules}
    pages["README.md"] = explain.index(book)
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
