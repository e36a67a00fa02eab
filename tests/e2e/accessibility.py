"""Looks at one view of the running product as WCAG 2.2 AA asks, on a desk, a phone, and at 320 px (A1)."""

import json
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from local.settings import ROOT
from tests.e2e.waiting import until

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
MOST_TABS = 40
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What is wrong with the view at this width, each fault as one line. Moving parts first come to rest, and the page is at its
# top: which button the header half covers is a matter of where one has scrolled to.
_FAULTS = """
async rules => {
  scrollTo(0, 0);
  await Promise.all(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished.catch(() => undefined)));
  const { violations } = await axe.run(document, {
    runOnly: rules, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } },
  });
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`sticks out: ${scrollWidth} px wide`);
  const headings = [...document.querySelectorAll('h1')].filter(each => each.checkVisibility());
  if (headings.length !== 1) faults.push(`${headings.length} h1`);
  if (document.title.trim() === '') faults.push('no title');
  return faults;
}
"""

# Whether the focused element, or the label or mark that stands for it, has an outline.
# A date field's own button has the browser's, and the field then none.
_FOCUS_SEEN = """
() => {
  const focused = document.activeElement;
  const outlined = each => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  };
  return focused === document.body || !focused.matches(':focus')
    || [focused, focused.closest('label'), focused.nextElementSibling].some(outlined);
}
"""
_NAME_OF_FOCUSED = "document.activeElement.outerHTML.slice(0, 120)"
_IS_FOCUSED = "each => each === document.activeElement"
_HAS_FOCUS = "each => each.contains(document.activeElement)"


@dataclass
class Examination:
    """Gathers the faults of many views; `secret` are names that no title may hold."""

    secret: tuple[str, ...]
    faults: list[str] = field(default_factory=list)

    def prepare(self, context: BrowserContext) -> None:
        """Before its pages open: axe comes in beside the page's own scripts, whatever the page's policy allows."""
        context.add_init_script(path=AXE)

    def see(self, page: Page, view: str, primary: Locator | None = None) -> None:
        """One view at every width; `primary` is its next step, which Tab must reach."""
        page.emulate_media(reduced_motion="reduce")
        if primary is not None:
            primary.wait_for()
            self._reach(page, view, primary)
        before = page.viewport_size
        for size in SIZES:
            page.set_viewport_size(size)
            self._add(f"{view} at {size['width']} px", page.evaluate(_FAULTS, _RULES))
        if before is not None:
            page.set_viewport_size(before)
        self._add(view, [f"{name} in the title" for name in self.secret if name in page.title()])

    def _reach(self, page: Page, view: str, primary: Locator) -> None:
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            if not page.evaluate(_FOCUS_SEEN):
                self._add(view, [f"focus is not seen on {page.evaluate(_NAME_OF_FOCUSED)}"])
            if primary.evaluate(_IS_FOCUSED):
                return
        self._add(view, ["Tab does not reach the next step"])

    def _add(self, where: str, faults: list[str]) -> None:
        self.faults += [f"{where}: {fault}" for fault in faults]

    def assert_clean(self) -> None:
        assert not self.faults, json.dumps(self.faults, indent=1, ensure_ascii=False)


def opens_and_gives_back(page: Page, opener: Locator, opened: Locator, views: Examination, view: str) -> None:
    """Focus moves into what is opened, and back to its button on Escape."""
    opener.press("Enter")
    expect(opened).to_be_visible()
    until(page, lambda: bool(opened.evaluate(_HAS_FOCUS)), f"focus is in the {view}")
    views.see(page, view)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(opener).to_be_focused()
