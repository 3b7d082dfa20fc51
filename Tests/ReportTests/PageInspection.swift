// SPDX-License-Identifier: GPL-3.0-or-later

/// What a script finds out about a page in a browser.
struct PageInspection: Decodable {
    /// How wide the page is, and the window.
    let pageWidth: Int
    let windowWidth: Int
    /// Drawings and images without a text alternative.
    let withoutAlternative: [String]
    /// Links within the page that lead nowhere, and identifiers given twice.
    let brokenLinks: [String]
    let repeatedIDs: [String]
    /// Addresses of anything outside the page.
    let external: [String]
    /// Texts whose contrast to their background is under 4.5.
    let faintTexts: [String]
    /// Marks of drawings whose contrast to the page is under 3.
    let faintMarks: [String]
    /// Labels of drawings that stand on each other or outside their drawing.
    let overlaps: [String]
    let clipped: [String]
    /// Drawings with next to nothing in them.
    let emptyDrawings: [String]
    let drawingCount: Int
    let scriptCount: Int
    let title: String

    /// The script, an expression.
    static let script = """
        (() => {
          const parse = text => {
            const numbers = (text.match(/[\\d.eE+-]+/g) || []).map(Number);
            if (text.startsWith('color(')) {
              const parts = text.replace('color(srgb', '').match(/[\\d.eE+-]+/g).map(Number);
              return [parts[0] * 255, parts[1] * 255, parts[2] * 255, parts[3] ?? 1];
            }
            return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
          };
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
            .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const contrast = (a, b) => {
            const [x, y] = [luminance(a), luminance(b)];
            return (Math.max(x, y) + .05) / (Math.min(x, y) + .05);
          };
          const ground = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour[3] > .99) return colour;
            }
            return [255, 255, 255, 1];
          };
          const name = e => (e.closest('figure')?.id || e.tagName) + ': '
            + (e.textContent || '').trim().slice(0, 40);
          const result = {
            pageWidth: document.documentElement.scrollWidth, windowWidth: innerWidth,
            withoutAlternative: [], brokenLinks: [], repeatedIDs: [], external: [],
            faintTexts: [], faintMarks: [], overlaps: [], clipped: [], emptyDrawings: [],
            drawingCount: document.querySelectorAll('svg').length,
            scriptCount: document.scripts.length, title: document.title
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const seen = new Set();
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.textContent.trim() || seen.has(element)) continue;
            if (['TITLE', 'DESC', 'title', 'desc', 'STYLE'].includes(element.tagName)) continue;
            seen.add(element);
            const isDrawn = element.tagName === 'text';
            const colour = parse(getComputedStyle(element)[isDrawn ? 'fill' : 'color']);
            const behind = element.classList.contains('cell-value')
              ? parse(getComputedStyle(element.previousElementSibling).fill) : ground(element);
            const ratio = contrast(colour, behind);
            if (!(ratio >= 4.5)) result.faintTexts.push(name(element) + ' ' + ratio.toFixed(2));
          }
          for (const mark of document.querySelectorAll('svg .fill, svg .line, svg .dots')) {
            const style = getComputedStyle(mark);
            const colour = parse(mark.classList.contains('fill') ? style.fill : style.stroke);
            const ratio = contrast(colour, ground(mark));
            if (!(ratio >= 3)) result.faintMarks.push(mark.className.baseVal + ratio.toFixed(2));
          }
          for (const svg of document.querySelectorAll('svg, img')) {
            const ids = (svg.getAttribute('aria-labelledby') || '').split(' ');
            const words = ids.map(id => document.getElementById(id)?.textContent || '');
            if (svg.getAttribute('role') !== 'img' || words.length < 2 || words.some(w => w.length < 5))
              result.withoutAlternative.push(name(svg));
            const marks = svg.querySelectorAll('rect, circle, path').length;
            if (marks < 1) result.emptyDrawings.push(name(svg));
            const box = svg.getBoundingClientRect();
            const labels = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
            labels.forEach(([text, at], place) => {
              if (at.left < box.left - 1.5 || at.right > box.right + 1.5 || at.top < box.top - 1.5
                || at.bottom > box.bottom + 1.5) result.clipped.push(name(text));
              for (const [other, its] of labels.slice(place + 1)) {
                const across = Math.min(at.right, its.right) - Math.max(at.left, its.left);
                const down = Math.min(at.bottom, its.bottom) - Math.max(at.top, its.top);
                if (across > 1 && down > at.height * .35)
                  result.overlaps.push(name(text) + ' | ' + name(other));
              }
            });
          }
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          result.repeatedIDs = ids.filter((id, place) => ids.indexOf(id) !== place);
          for (const link of document.querySelectorAll('a')) {
            const to = link.getAttribute('href');
            if (!to.startsWith('#') || !document.getElementById(to.slice(1)))
              result.brokenLinks.push(to);
          }
          result.external = performance.getEntriesByType('resource').map(e => e.name)
            .filter(n => !n.startsWith('data:'));
          return result;
        })()
        """
}
