//! Adjectives of description, which old novels are full of and the tagger's treebank is not.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

const ADJECTIVES: &str = "tall short stout slim slender thin lean gaunt plump fat burly stocky broad narrow wide \
    pale ruddy swarthy dark fair blond auburn grey gray white black red blue green brown yellow crimson scarlet \
    purple golden silver silvery rosy tawny dusky grizzled bald bearded wrinkled freckled handsome beautiful pretty \
    lovely plain ugly homely comely graceful clumsy awkward nimble agile sturdy feeble frail weak strong mighty \
    young old aged ancient elderly youthful childish boyish girlish weary tired drowsy sleepy restless anxious \
    nervous calm quiet silent still noisy loud hushed gentle mild harsh severe stern grave solemn gloomy dismal \
    dreary bleak desolate lonely solitary deserted barren wild savage fierce furious angry cross sullen sulky \
    morose moody merry gay cheerful joyful joyous jolly happy glad sad sorrowful mournful wretched miserable \
    melancholy wistful tender kind cruel wicked evil sinister grim ghastly hideous horrible horrid dreadful \
    frightful terrible awful monstrous uncanny weird strange odd queer curious peculiar singular eccentric \
    mysterious secret hidden obscure dim faint feeble bright brilliant radiant dazzling glittering gleaming \
    shining glowing fiery burning blazing scorching hot warm tepid lukewarm cool chilly cold icy frosty frozen \
    snowy rainy misty foggy cloudy stormy windy breezy sunny moonlit starry starlit wet damp moist dry dusty muddy \
    sandy rocky stony craggy rugged steep sheer smooth rough coarse soft hard stiff rigid supple limp heavy light \
    massive huge enormous immense vast gigantic colossal tremendous big large great small little tiny minute \
    deep shallow hollow high low lofty towering humble shabby ragged tattered worn threadbare neat tidy trim \
    spruce elegant stately noble proud haughty arrogant vain modest shy timid bashful bold brave gallant valiant \
    daring reckless rash prudent wise clever shrewd cunning sly crafty keen sharp acute dull stupid foolish silly \
    simple honest frank candid sincere true false faithful loyal treacherous idle lazy busy eager earnest ardent \
    passionate cold-hearted generous greedy mean stingy rich wealthy poor needy hungry thirsty starving sick ill \
    sickly healthy hale robust wounded lame blind deaf dumb mute mad insane sane drunk sober naked bare barefoot \
    wooden brazen leaden earthen woollen silken leathern velvet oaken marble iron thatched gabled panelled carpeted \
    empty full crowded dense thick sparse scanty ample plentiful fresh stale sweet bitter sour salt salty fragrant \
    musty mouldy rotten ripe raw tranquil peaceful serene placid sombre somber shadowy dusky twilight murky \
    clear transparent turbid opaque glassy foamy swift rapid quick slow sluggish sudden abrupt gradual \
    distant remote near nearby neighbouring eastern western northern southern upper lower inner outer foremost \
    crooked straight curved twisted bent round square oval oblong pointed blunt jagged ancestral feudal gothic \
    rustic rural urban foreign domestic native grassy mossy leafy wooded marshy swampy boggy hilly mountainous";

static LISTED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| ADJECTIVES.split_ascii_whitespace().collect());

/// Whether a lower-case word is one of them.
pub(super) fn is_listed(word: &str) -> bool {
    LISTED.contains(word)
}
