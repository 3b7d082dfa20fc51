// SPDX-License-Identifier: GPL-3.0-or-later

/// The ways in which people write a title that a catalogue lists as `Matrix, The (1999)`.
public enum TitleForms {
    /// The folded words of each form: as listed, without what is in parentheses, and with an
    /// article behind a comma in front or left out.
    ///
    /// The first is the title as listed; no form is empty, and no form is there twice.
    public static func of(_ title: String) -> [[String]] {
        let main = title.prefix { $0 != "(" }
        var forms = [TitleText.words(of: title), TitleText.words(of: main)]
        if let (article, bare) = movedArticle(of: main) {
            let words = TitleText.words(of: bare)
            let tail = TitleText.words(of: title[main.endIndex...])
            forms += [[article] + words, words, [article] + words + tail]
            if let first = words.first, article.count == 1 {
                // `L'Avventura` folds to one word.
                let glued = [article + first] + words.dropFirst()
                forms += [glued, glued + tail]
            }
        } else if let first = forms[1].first, forms[1].count > 1, articles.contains(first) {
            forms.append(Array(forms[1].dropFirst()))
        }
        var distinct: [[String]] = []
        for form in forms where !form.isEmpty && !distinct.contains(form) { distinct.append(form) }
        return distinct
    }

    /// The title as one would say it: an article behind a comma goes in front.
    public static func natural(_ title: String) -> String {
        let main = title.prefix { $0 != "(" }
        guard movedArticle(of: main) != nil, let comma = main.lastIndex(of: ",") else {
            return title
        }
        let article = main[main.index(after: comma)...].split(separator: " ").joined()
        let glue = article.hasSuffix("'") || article.hasSuffix("\u{2019}") ? "" : " "
        let tail = title[main.endIndex...]
        return article + glue + main[..<comma] + (tail.isEmpty ? "" : " " + tail)
    }

    /// The article behind the last comma, folded, and what comes before the comma.
    private static func movedArticle(
        of main: Substring
    ) -> (article: String, bare: Substring)? {
        guard let comma = main.lastIndex(of: ",") else { return nil }
        let article = TitleText.words(of: main[comma...])
        guard article.count == 1, articles.contains(article[0]) else { return nil }
        return (article[0], main[..<comma])
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "le", "la", "les", "l", "un", "une", "el", "los", "las", "una", "il",
        "lo", "i", "gli", "der", "die", "das", "ein", "eine", "den", "det", "de", "het", "o", "os",
        "as",
    ]
}
