//! Abbreviations after which a full stop does not end a sentence (razdel's lists).

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Abbreviations that stand after the word they belong to: `5 тыс.`
const AFTER: &str = "дес тыс млн млрд дол долл коп руб р проц га барр куб кв км см час мин сек в вв г гг с стр \
    co corp inc изд ed др al";

/// Abbreviations that stand before it: `г. Орёл`.
const BEFORE: &str = "букв ст трад лат венг исп кат укр нем англ фр итал греч евр араб яп слав кит рус русск \
    латв словацк хорв mr mrs ms dr vs св арх зав зам проф акад кн корр ред гр ср чл им тов нач пол chap п пп \
    ч чч гл стр абз пт no просп пр ул ш г гор д к корп пер обл эт пом ауд оф ком комн каб домовлад лит т рп \
    пос с х пл bd о оз р а обр ум ок откр пс ps upd см напр доп юр физ тел сб внутр дифф гос отм";

/// Notes of dictionaries.
const NOTES: &str = "сокр рис искл прим яз устар шутл";

const PAIRS_AFTER: [(&str, &str); 13] = [
    ("т", "п"),
    ("т", "д"),
    ("у", "е"),
    ("н", "э"),
    ("p", "m"),
    ("a", "m"),
    ("с", "г"),
    ("р", "х"),
    ("с", "ш"),
    ("з", "д"),
    ("л", "с"),
    ("ч", "т"),
    ("ед", "ч"),
];
const MORE_PAIRS: [(&str, &str); 2] = [("мн", "ч"), ("повел", "накл")];
const PAIRS_BEFORE: [(&str, &str); 9] = [
    ("т", "е"),
    ("т", "к"),
    ("т", "н"),
    ("и", "о"),
    ("к", "н"),
    ("к", "п"),
    ("п", "н"),
    ("к", "т"),
    ("л", "д"),
];

/// Short first names that take a full stop.
const FIRST_NAMES: [&str; 3] = ["дж", "ed", "вс"];

static BEFORE_SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| BEFORE.split_whitespace().collect());
static ALL_SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    [AFTER, BEFORE, NOTES]
        .into_iter()
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether a lower-case word is an abbreviation that stands before its word.
pub(crate) fn stands_before(word: &str) -> bool {
    BEFORE_SET.contains(word)
}

/// Whether a lower-case word is any abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    ALL_SET.contains(word)
}

/// Whether two lower-case words are an abbreviation that stands before its word: `т. е.`
pub(crate) fn pair_stands_before(left: &str, right: &str) -> bool {
    PAIRS_BEFORE.contains(&(left, right))
}

/// Whether two lower-case words are any abbreviation of two words.
pub(crate) fn is_pair(left: &str, right: &str) -> bool {
    let pair = (left, right);
    PAIRS_AFTER.contains(&pair) || MORE_PAIRS.contains(&pair) || PAIRS_BEFORE.contains(&pair)
}

/// Whether a lower-case word is a short first name.
pub(crate) fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.contains(&word)
}
