//! English words for concepts: articles, plurals, verbs' forms, and which words say nothing alone.

use crate::Category;

/// A thing with its qualities: `a plain black dress`, `white columns`, `thick hair`.
pub(crate) fn thing(qualities: &[&str], concept: &str, category: Category, is_plural: bool) -> String {
    let mut words: Vec<String> = qualities.iter().map(|quality| spaced(quality)).collect();
    let name = spaced(concept);
    let uncounted = is_uncounted(concept, category);
    words.push(if is_plural && !uncounted {
        plural(&name)
    } else {
        name
    });
    let phrase = words.join(" ");
    if is_plural || uncounted {
        phrase
    } else {
        with_article(&phrase)
    }
}

/// `a` or `an` before a phrase, by its first letter.
pub(crate) fn with_article(phrase: &str) -> String {
    let vowel = phrase.starts_with(['a', 'e', 'i', 'o', 'u']);
    // `a uniform`, though it begins with a vowel's letter.
    let article = if vowel && !phrase.starts_with("uni") {
        "an"
    } else {
        "a"
    };
    format!("{article} {phrase}")
}

/// What somebody does, as a participle: `sitting`; `None` for what says nothing alone.
pub(crate) fn doing(concept: &str) -> Option<String> {
    const SPECIAL: [(&str, &str); 15] = [
        ("sit", "sitting"),
        ("run", "running"),
        ("swim", "swimming"),
        ("lie", "lying"),
        ("open_mouth", "with an open mouth"),
        ("procession", "a procession"),
        ("throng", "a throng"),
        ("cards", "playing cards"),
        ("music", "playing music"),
        ("pipe", "smoking a pipe"),
        ("needlework", "doing needlework"),
        ("gesture", "gesturing"),
        ("fight", "fighting"),
        ("hunt", "hunting"),
        ("hide", "hiding"),
    ];
    const SILENT: [&str; 8] = [
        "appear",
        "cover",
        "look",
        "hold",
        "stretch_away",
        "pour",
        "hang",
        "work",
    ];
    if SILENT.contains(&concept) {
        return None;
    }
    if let Some((_, words)) = SPECIAL.iter().find(|(name, _)| *name == concept) {
        return Some((*words).to_owned());
    }
    let stem = concept.strip_suffix('e').unwrap_or(concept);
    Some(format!("{}ing", spaced(stem)))
}

/// A quality said of nothing in particular; `None` for what says nothing alone.
pub(crate) fn quality(concept: &str, category: Category) -> Option<String> {
    const BUILD: [&str; 10] = [
        "tall", "short", "slender", "stout", "thin", "muscular", "bent", "young", "old", "drunk",
    ];
    let speaks = match category {
        Category::Colour | Category::Material => false,
        Category::Body => BUILD.contains(&concept),
        Category::Light => !matches!(concept, "pale" | "transparent"),
        _ => !matches!(
            concept,
            "clean" | "dirty" | "rich" | "poor" | "fresh" | "fragrant" | "lively"
        ),
    };
    speaks.then(|| spaced(concept))
}

/// Whether a concept's name is an adjective.
pub(crate) fn is_adjective(concept: &str, category: Category) -> bool {
    match category {
        Category::Mood | Category::Colour => !matches!(concept, "colour" | "gold"),
        Category::Body => matches!(
            concept,
            "tall"
                | "short"
                | "slender"
                | "stout"
                | "thin"
                | "muscular"
                | "bent"
                | "young"
                | "old"
                | "drunk"
                | "sick"
                | "big"
                | "small"
                | "round"
                | "sharp"
                | "flat"
                | "rectangular"
                | "crooked"
                | "drooping"
        ),
        Category::Face => matches!(concept, "bald" | "blind" | "handsome" | "ugly" | "stubbly"),
        Category::Clothing => matches!(concept, "naked" | "fashionable" | "slovenly"),
        Category::Material => concept == "carved",
        Category::Light => matches!(concept, "pale" | "transparent"),
        Category::Plant => concept == "overgrown",
        Category::Water => concept == "wet",
        _ => false,
    }
}

/// Whether a concept is not counted, or is many by itself.
fn is_uncounted(concept: &str, category: Category) -> bool {
    const MASS: &[&str] = &[
        "sand",
        "dust",
        "mud",
        "earth",
        "distance",
        "ruin",
        "market",
        "wallpaper",
        "trousers",
        "jewellery",
        "spectacles",
        "eyes",
        "eyebrows",
        "teeth",
        "hair",
        "freckles",
        "tears",
        "hollow_eyes",
        "shining_eyes",
        "skin",
        "blood",
        "sweat",
        "ice",
        "dew",
        "foam",
        "water",
        "grass",
        "lilac",
        "ivy",
        "corn",
        "overgrown",
        "money",
        "firewood",
        "scales",
        "barracks",
        "outskirts",
        "backwoods",
        "armour",
        "daylight",
        "dim_light",
        "darkness",
        "glow",
        "glitter",
        "fire",
        "livestock",
        "tea",
        "parquet",
        "expression",
        "tide",
    ];
    let by_category = matches!(
        category,
        Category::Weather
            | Category::Hour
            | Category::Season
            | Category::Food
            | Category::Material
            | Category::Sky
            | Category::Mood
            | Category::Colour
    );
    let counted = matches!(
        concept,
        "cloud" | "star" | "rainbow" | "storm" | "thunderstorm" | "blizzard" | "rag" | "jewel" | "rope"
    );
    MASS.contains(&concept) || by_category && !counted || is_adjective(concept, category)
}

fn plural(name: &str) -> String {
    const IRREGULAR: [(&str, &str); 14] = [
        ("woman", "women"),
        ("man", "men"),
        ("child", "children"),
        ("leaf", "leaves"),
        ("wolf", "wolves"),
        ("bookshelf", "bookshelves"),
        ("mouse", "mice"),
        ("sheep", "sheep"),
        ("deer", "deer"),
        ("fish", "fish"),
        ("scarf", "scarves"),
        ("society beauty", "society beauties"),
        ("well", "wells"),
        ("curl of smoke", "curls of smoke"),
    ];
    for (one, many) in IRREGULAR {
        if let Some(before) = name.strip_suffix(one)
            && (before.is_empty()
                || before.ends_with(' ')
                || before == "washer"
                || before == "gentle"
                || before == "police")
        {
            return format!("{before}{many}");
        }
    }
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| name.ends_with(end));
    if let Some(stem) = name.strip_suffix('y')
        && !vowel_before_y
    {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "ch", "sh"].iter().any(|end| name.ends_with(end));
    format!("{name}{}", if hissing { "es" } else { "s" })
}

fn spaced(concept: &str) -> String {
    concept.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_have_their_article_or_number() {
        let phrase =
            |qualities: &[&str], name: &str, category, plural| thing(qualities, name, category, plural);
        assert_eq!(
            phrase(&["old"], "house", Category::Building, false),
            "an old house"
        );
        assert_eq!(
            phrase(&["white"], "column", Category::Building, true),
            "white columns"
        );
        assert_eq!(phrase(&["grey"], "eyes", Category::Face, true), "grey eyes");
        assert_eq!(phrase(&[], "old_woman", Category::Person, true), "old women");
        assert_eq!(phrase(&[], "lady", Category::Person, true), "ladies");
        assert_eq!(phrase(&[], "uniform", Category::Clothing, false), "a uniform");
        assert_eq!(phrase(&["wet"], "snow", Category::Weather, false), "wet snow");
    }

    #[test]
    fn what_says_nothing_alone_is_not_said() {
        assert_eq!(quality("big", Category::Body), None);
        assert_eq!(quality("tall", Category::Body).as_deref(), Some("tall"));
        assert_eq!(doing("appear"), None);
        assert_eq!(doing("dance").as_deref(), Some("dancing"));
        assert_eq!(doing("sit").as_deref(), Some("sitting"));
    }
}
