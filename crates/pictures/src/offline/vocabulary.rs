//! The words the illustrator can draw. English lemmas in lower snake case; unknown ones fall back by category.

use super::reading::{Hour, Posture, Role, Scenery, Season, Weather};

/// A word and what it changes in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Word {
    /// The word motifs ask for; synonyms share it.
    pub(crate) name: &'static str,
    pub(crate) meaning: Meaning,
}

/// What a word changes in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Hour(Hour),
    Weather(Weather),
    Season(Season),
    Scenery(Scenery),
    Role(Role),
    Posture(Posture),
    /// Something a motif looks for by name.
    Thing,
}

use Meaning as M;

/// Canonical name, meaning, then synonyms parted by spaces.
const WORDS: &[(&str, Meaning, &str)] = &[
    (
        "night",
        M::Hour(Hour::Night),
        "midnight darkness dark nocturnal nighttime",
    ),
    ("dawn", M::Hour(Hour::Dawn), "sunrise daybreak morning"),
    (
        "noon",
        M::Hour(Hour::Day),
        "day midday daylight afternoon daytime",
    ),
    ("evening", M::Hour(Hour::Evening), "sunset sundown"),
    ("dusk", M::Hour(Hour::Dusk), "twilight gloaming gloom"),
    (
        "rain",
        M::Weather(Weather::Rain),
        "shower drizzle downpour rainy puddle",
    ),
    (
        "storm",
        M::Weather(Weather::Storm),
        "thunderstorm thunder lightning tempest stormy",
    ),
    ("snow", M::Weather(Weather::Snow), "snowfall snowflake snowy"),
    (
        "blizzard",
        M::Weather(Weather::Blizzard),
        "snowstorm snow_storm metel buran",
    ),
    ("fog", M::Weather(Weather::Fog), "mist haze foggy misty"),
    ("wind", M::Weather(Weather::Wind), "windy gale breeze"),
    ("cloud", M::Weather(Weather::Cloudy), "clouds cloudy overcast"),
    (
        "winter",
        M::Season(Season::Winter),
        "frost ice frozen icy january february december",
    ),
    ("spring", M::Season(Season::Spring), "april may blossom"),
    ("summer", M::Season(Season::Summer), "june july heat"),
    (
        "autumn",
        M::Season(Season::Autumn),
        "fall september october november fallen_leaves",
    ),
    (
        "forest",
        M::Scenery(Scenery::Forest),
        "wood woods woodland grove thicket taiga oak_grove pinewood",
    ),
    (
        "field",
        M::Scenery(Scenery::Field),
        "meadow plain rye wheat pasture glade hay haystack landscape valley countryside",
    ),
    (
        "steppe",
        M::Scenery(Scenery::Steppe),
        "prairie desert road highway track roadside verst",
    ),
    (
        "mountain",
        M::Scenery(Scenery::Mountain),
        "mountains hill ridge cliff peak gorge rock crag ravine pass",
    ),
    (
        "sea",
        M::Scenery(Scenery::Sea),
        "ocean bay harbour harbor waves wave shore beach coast gulf port",
    ),
    (
        "river",
        M::Scenery(Scenery::River),
        "stream brook creek riverbank bank water",
    ),
    ("lake", M::Scenery(Scenery::Lake), "pond pool swamp marsh"),
    (
        "garden",
        M::Scenery(Scenery::Garden),
        "park alley avenue orchard arbour bower",
    ),
    (
        "village",
        M::Scenery(Scenery::Village),
        "cottage hut izba hamlet farm fence yard homestead settlement house estate manor",
    ),
    (
        "street",
        M::Scenery(Scenery::Street),
        "city town square lane pavement boulevard embankment alleyway petersburg moscow building",
    ),
    (
        "room",
        M::Scenery(Scenery::Room),
        "chamber study bedroom kitchen parlour parlor drawing_room apartment cabin cell library attic corridor office \
         dining_room interior garret closet nursery furniture ceiling floor wall",
    ),
    (
        "dance",
        M::Scenery(Scenery::Ball),
        "ball ballroom waltz mazurka dancing ball_room quadrille",
    ),
    ("hall", M::Scenery(Scenery::Ball), "great_hall reception salon"),
    (
        "castle",
        M::Scenery(Scenery::Castle),
        "fortress tower palace citadel ruins ruin",
    ),
    (
        "church",
        M::Scenery(Scenery::Church),
        "cathedral chapel monastery bell_tower dome temple cemetery graveyard",
    ),
    ("sky", M::Scenery(Scenery::Sky), "heaven heavens"),
    (
        "man",
        M::Role(Role::Man),
        "fellow guest servant traveller stranger person husband father brother doctor coachman",
    ),
    (
        "woman",
        M::Role(Role::Woman),
        "wife mother sister nurse widow maid",
    ),
    (
        "old_man",
        M::Role(Role::OldMan),
        "elder grandfather beggar old_fellow",
    ),
    ("old_woman", M::Role(Role::OldWoman), "grandmother crone nanny"),
    ("boy", M::Role(Role::Boy), "child lad son"),
    ("girl", M::Role(Role::Girl), "daughter lass"),
    (
        "officer",
        M::Role(Role::Officer),
        "general colonel captain major lieutenant hussar ensign commander marshal adjutant",
    ),
    (
        "soldier",
        M::Role(Role::Soldier),
        "cossack guard sentry warrior knight infantryman army regiment",
    ),
    (
        "peasant",
        M::Role(Role::Peasant),
        "muzhik shepherd worker labourer driver farmer",
    ),
    ("peasant_woman", M::Role(Role::PeasantWoman), "milkmaid"),
    ("priest", M::Role(Role::Priest), "deacon bishop clergyman"),
    ("monk", M::Role(Role::Monk), "hermit nun pilgrim wizard"),
    (
        "lady",
        M::Role(Role::Lady),
        "countess princess duchess young_lady bride baroness empress queen beauty mistress",
    ),
    (
        "gentleman",
        M::Role(Role::Gentleman),
        "count prince baron lord nobleman landowner dandy young_man official clerk student master",
    ),
    (
        "sailor",
        M::Role(Role::Sailor),
        "seaman fisherman boatman pirate skipper",
    ),
    ("king", M::Role(Role::King), "emperor tsar"),
    ("sit", M::Posture(Posture::Sitting), "sitting seated armchair"),
    (
        "walk",
        M::Posture(Posture::Walking),
        "walking run running go step stroll",
    ),
    (
        "ride",
        M::Posture(Posture::Riding),
        "riding rider horseman gallop horseback",
    ),
    ("stand", M::Posture(Posture::Standing), "standing"),
    ("lie", M::Posture(Posture::Lying), "lying asleep sleep sleeping"),
    ("crowd", M::Thing, "people throng mob"),
    ("horse", M::Thing, "mare stallion pony steed"),
    ("dog", M::Thing, "hound puppy animal"),
    ("wolf", M::Thing, "wolves fox"),
    ("cat", M::Thing, "kitten"),
    ("cow", M::Thing, "ox bull herd cattle"),
    ("bear", M::Thing, ""),
    (
        "bird",
        M::Thing,
        "birds crow raven gull swallow eagle rook hawk dove",
    ),
    (
        "carriage",
        M::Thing,
        "coach cart wagon chaise droshky cab brichka tarantass troika vehicle",
    ),
    ("sleigh", M::Thing, "sledge sled"),
    (
        "ship",
        M::Thing,
        "frigate sail vessel brig schooner fleet mast sails",
    ),
    ("boat", M::Thing, "rowboat raft ferry canoe"),
    ("train", M::Thing, "locomotive railway steam_engine"),
    (
        "tree",
        M::Thing,
        "oak linden maple willow plant apple_tree poplar branch trunk",
    ),
    ("birch", M::Thing, "aspen birches"),
    ("fir", M::Thing, "pine spruce cedar firs pines"),
    ("bush", M::Thing, "shrub reed grass fern"),
    ("flower", M::Thing, "rose bouquet lilac flowers lily"),
    ("bridge", M::Thing, ""),
    ("mill", M::Thing, "windmill"),
    ("lamp", M::Thing, "lantern light lamplight oil_lamp"),
    (
        "candle",
        M::Thing,
        "candlestick candles candlelight chandelier taper",
    ),
    (
        "fire",
        M::Thing,
        "fireplace campfire bonfire flame hearth blaze flames",
    ),
    ("moon", M::Thing, "moonlight crescent moonlit"),
    ("sun", M::Thing, "sunlight sunshine sunny ray"),
    ("stars", M::Thing, "star starry"),
    ("smoke", M::Thing, "chimney steam"),
    ("table", M::Thing, "desk"),
    ("chair", M::Thing, "stool bench sofa"),
    ("bed", M::Thing, "pillow couch blanket"),
    ("window", M::Thing, "pane curtain"),
    ("door", M::Thing, "gate threshold doorway"),
    ("mirror", M::Thing, "looking_glass"),
    ("stove", M::Thing, "oven"),
    ("bookshelf", M::Thing, "bookcase shelf books"),
    ("portrait", M::Thing, "painting icon picture"),
    ("piano", M::Thing, "harpsichord grand_piano pianoforte"),
    ("clock", M::Thing, "watch pendulum"),
    ("uniform", M::Thing, "epaulette epaulettes medal order tunic"),
    ("dress", M::Thing, "gown skirt muslin lace"),
    ("cloak", M::Thing, "cape mantle overcoat coat greatcoat robe hood"),
    ("fur", M::Thing, "fur_coat sheepskin"),
    ("hat", M::Thing, "top_hat cap bonnet"),
    ("headscarf", M::Thing, "kerchief shawl scarf veil"),
    ("beard", M::Thing, "bearded"),
    ("moustache", M::Thing, "mustache whiskers sideburns"),
    ("bald", M::Thing, "baldness"),
    ("glasses", M::Thing, "spectacles lorgnette pince_nez eyeglasses"),
    ("scar", M::Thing, ""),
    ("braid", M::Thing, "plait pigtail"),
    ("curl", M::Thing, "curls curly"),
    ("pipe", M::Thing, "cigar"),
    ("old", M::Thing, "elderly aged wrinkle wrinkled"),
    ("young", M::Thing, "youthful"),
    ("fat", M::Thing, "stout plump corpulent"),
    ("thin", M::Thing, "lean gaunt skinny"),
    (
        "smile",
        M::Thing,
        "smiling cheerful merry joy laugh laughing happy joyful gay",
    ),
    (
        "sad",
        M::Thing,
        "sadness sorrow grief melancholy gloomy pensive mournful crying tear",
    ),
    ("angry", M::Thing, "anger stern fierce severe wrath frown grim"),
    ("white", M::Thing, "pale snow_white"),
    ("black", M::Thing, "raven_black jet_black"),
    ("grey", M::Thing, "gray silver grey_haired silvery"),
    ("red", M::Thing, "crimson scarlet ginger auburn purple"),
    ("blue", M::Thing, "azure sky_blue"),
    ("green", M::Thing, "emerald"),
    ("yellow", M::Thing, "gold golden blond blonde fair"),
    ("brown", M::Thing, "chestnut dark_haired"),
    ("pink", M::Thing, ""),
    ("sword", M::Thing, "sabre saber dagger knife rapier weapon"),
    ("pistol", M::Thing, "gun rifle musket revolver"),
    ("letter", M::Thing, "note envelope paper"),
    ("book", M::Thing, "volume diary notebook bible"),
    ("box", M::Thing, "chest casket trunk_box suitcase coffer object"),
    ("key", M::Thing, ""),
    ("ring", M::Thing, "jewel diamond necklace"),
    ("cup", M::Thing, "tea teacup glass mug goblet wine"),
    ("bottle", M::Thing, "flask decanter vodka"),
    ("samovar", M::Thing, "teapot kettle"),
    ("bread", M::Thing, "loaf food pie dinner supper"),
    ("apple", M::Thing, "fruit pear apples"),
    ("umbrella", M::Thing, "parasol"),
    ("cross", M::Thing, "crucifix grave"),
    ("coin", M::Thing, "money coins purse"),
    ("violin", M::Thing, "fiddle guitar music"),
];

/// The word of this name, or one it is a synonym of.
pub(crate) fn known(name: &str) -> Option<Word> {
    WORDS
        .iter()
        .find(|(canonical, _, _)| *canonical == name)
        .or_else(|| {
            WORDS
                .iter()
                .find(|(_, _, synonyms)| synonyms.split_ascii_whitespace().any(|s| s == name))
        })
        .map(|&(name, meaning, _)| Word { name, meaning })
}

/// Every word that motifs ask for.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, _, _)| *name)
}

/// What stands for an unknown name of this category; moods and qualities have no picture of their own.
pub(crate) fn by_category(category: &str) -> Option<Word> {
    let stand_in = match category {
        "place" | "landscape" => "field",
        "building" => "village",
        "room" => "room",
        "furniture" => "table",
        "clothing" => "cloak",
        "person" => "man",
        "light" => "lamp",
        "weather" => "cloud",
        "hour" => "evening",
        "season" => "summer",
        "animal" => "dog",
        "vehicle" => "carriage",
        "plant" => "tree",
        "water" => "river",
        "sky" => "sky",
        "object" => "box",
        "food" => "bread",
        "posture" => "stand",
        _ => return None,
    };
    known(stand_in)
}

/// Known words of running English, in order; pairs such as `old man` are tried before single words.
pub(crate) fn scan(text: &str) -> Vec<Word> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let pair = words
            .get(i + 1)
            .and_then(|next| known(&format!("{}_{next}", words[i])));
        let word = pair
            .or_else(|| known(words[i]))
            .or_else(|| words[i].strip_suffix('s').and_then(known));
        found.extend(word);
        i += if pair.is_some() { 2 } else { 1 };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_words_are_read_with_their_synonyms_plurals_and_pairs() {
        let names = |text| scan(text).into_iter().map(|word| word.name).collect::<Vec<_>>();
        assert_eq!(
            names("An old man in the woods at midnight, two candles"),
            ["old_man", "forest", "night", "candle"]
        );
        assert_eq!(names("nothing whatsoever"), [] as [&str; 0]);
    }

    #[test]
    fn no_word_is_listed_twice() {
        let mut all: Vec<&str> = WORDS
            .iter()
            .flat_map(|(name, _, synonyms)| synonyms.split_ascii_whitespace().chain([*name]))
            .collect();
        all.sort_unstable();
        let doubled: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(doubled.is_empty(), "{doubled:?}");
    }

    #[test]
    fn an_unknown_name_is_drawn_by_its_category() {
        assert_eq!(known("zeppelin"), None);
        assert_eq!(by_category("vehicle").map(|word| word.name), Some("carriage"));
        assert_eq!(by_category("mood"), None);
    }
}
