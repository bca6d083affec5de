//! Trains the embedded English model: `train_english TRAIN.conllu[.gz] OUTPUT [EPOCHS [PRUNE_BELOW]]`.

use std::io::Read;

use linguistics::{Training, conllu, train_english};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [treebank, output, ..] = arguments.as_slice() else {
        return Err("usage: train_english TRAIN.conllu[.gz] OUTPUT [EPOCHS [PRUNE_BELOW]]".into());
    };
    let mut text = String::new();
    let file = std::fs::File::open(treebank)?;
    if treebank.ends_with(".gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)?;
    }
    let sentences = conllu::read(&text)?;
    let number = |at: usize, default: u32| arguments.get(at).and_then(|n| n.parse().ok()).unwrap_or(default);
    let (epochs, prune_below) = (number(2, 8), number(3, 40) as i16);
    let model = train_english(
        &sentences,
        Training {
            epochs,
            seed: 2024,
            prune_below,
        },
    );
    std::fs::write(output, &model)?;
    println!("{} sentences, {} bytes", sentences.len(), model.len());
    Ok(())
}
