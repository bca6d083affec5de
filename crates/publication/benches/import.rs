//! How long a novel takes from bytes to chapters, and whether time grows with size only.
//!
//! Prints rows for docs/benchmarks.md: the median of several imports of EPUB and FB2 of 0.1, 1, 2 and 10 MB of Russian
//! text, made by code; the factors from 0.1 to 1 and from 1 to 10 MB; peak memory; and pandoc, when it is installed, on
//! the same 2 MB.
//! `cargo xtask bench import` pins it to one processor.

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

const SENTENCES: [&str; 4] = [
    "— Потому, — отвечал он, — что такие стихи достойны <i>учителя</i> моего, и очень напоминают мне его куплетцы.",
    "Солнце начинало прятаться за снеговой хребет, когда я въехал в Койшаурскую долину; всё было тихо.",
    "Старый дом стоял над рекой, и ветер гнул чёрные ели у крыльца &amp; качал фонарь.",
    "Он вошёл, снял шинель и долго смотрел в окно, за которым падал крупный, мокрый снег.",
];

/// Chapters of about 25 kB of text that come to `bytes` in all.
fn chapters(bytes: usize) -> Vec<String> {
    let mut chapters = Vec::new();
    let mut total = 0;
    while total < bytes {
        let mut chapter = String::new();
        let mut index = chapters.len();
        while chapter.len() < 25_000 {
            chapter.push_str(&format!(
                "<p>{} {}</p>\n",
                SENTENCES[index % 4],
                SENTENCES[(index + 1) % 4]
            ));
            index += 1;
        }
        total += chapter.len();
        chapters.push(chapter);
    }
    chapters
}

fn epub(chapters: &[String]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("an archive in memory takes entries");
        zip.write_all(content.as_bytes())
            .expect("an archive in memory takes bytes");
    };
    add(
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>",
    );
    let (mut items, mut spine) = (String::new(), String::new());
    for (index, chapter) in chapters.iter().enumerate() {
        items.push_str(&format!(
            "<item id=\"c{index}\" href=\"{index}.xhtml\" media-type=\"application/xhtml+xml\"/>"
        ));
        spine.push_str(&format!("<itemref idref=\"c{index}\"/>"));
        let page = format!(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><link rel=\"stylesheet\" href=\"s.css\"/></head><body><h2>Глава {index}</h2>{chapter}</body></html>"
        );
        add(&format!("{index}.xhtml"), &page);
    }
    add(
        "s.css",
        "p { text-indent: 1em } .x { font-style: italic } h2 { text-align: center }",
    );
    add(
        "p.opf",
        &format!(
            "<package version=\"3.0\"><metadata><title>Роман</title><language>ru</language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
        ),
    );
    zip.finish().expect("an archive in memory ends").into_inner()
}

fn fb2(chapters: &[String]) -> Vec<u8> {
    let sections: String = chapters
        .iter()
        .enumerate()
        .map(|(index, chapter)| format!("<section><title><p>Глава {index}</p></title>{chapter}</section>"))
        .collect();
    let sections = sections
        .replace("<i>", "<emphasis>")
        .replace("</i>", "</emphasis>");
    format!("<FictionBook><description><title-info><book-title>Роман</book-title><lang>ru</lang></title-info></description><body>{sections}</body></FictionBook>").into_bytes()
}

fn median(mut measure: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..9).map(|_| measure()).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// The time of `pandoc` from a file to HTML, its start included; none when it is not installed.
fn pandoc(book: &[u8], format: &str) -> Option<Duration> {
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join("book");
    std::fs::write(&file, book).ok()?;
    let run = || {
        let begun = Instant::now();
        let status = Command::new("pandoc")
            .args(["--from", format, "--to", "html", "--output", "/dev/null"])
            .arg(&file)
            .stderr(Stdio::null())
            .status();
        status
            .ok()
            .filter(|status| status.success())
            .map(|_| begun.elapsed())
    };
    let mut times = [run()?, run()?, run()?];
    times.sort_unstable();
    Some(times[1])
}

/// Peak memory of this process so far, in MB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<u64> = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.unwrap_or(0) / 1000
}

/// Peak memory of a process that imports a book once, in MB, the book's bytes included.
fn peak_memory_of_an_import(book: &[u8]) -> std::io::Result<String> {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), book)?;
    let output = Command::new(std::env::current_exe()?)
        .arg(IMPORT_ONCE)
        .arg(file.path())
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Argument of the process that [`peak_memory_of_an_import`] starts.
const IMPORT_ONCE: &str = "--import-once";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, option, file] = arguments.as_slice()
        && option == IMPORT_ONCE
    {
        let book = std::fs::read(file).expect("the parent wrote the file");
        assert!(black_box(publication::import(&book, None)).is_ok());
        println!("{}", peak_memory());
        return;
    }
    measure();
}

fn measure() {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    for (format, peer, make) in [
        ("EPUB", "epub", epub as fn(&[String]) -> Vec<u8>),
        ("FB2", "fb2", fb2),
    ] {
        let measured = [100_000, 1_000_000, 2_000_000, 10_000_000].map(|bytes| {
            let book = make(&chapters(bytes));
            let time = median(|| {
                let begun = Instant::now();
                let imported = publication::import(black_box(&book), None);
                let time = begun.elapsed();
                assert!(black_box(imported).is_ok());
                time
            });
            time.as_secs_f64() * 1e3
        });
        let [tenth, one, two, ten] = measured;
        println!(
            "| import of {format}, 0.1 / 1 / **2** / 10 MB of text, {processors} processor(s): median of 9; factor 0.1→1, 1→10 MB | {tenth:.1} / {one:.1} / **{two:.1}** / {ten:.0} ms; ×{:.1}, ×{:.1} |",
            one / tenth,
            ten / one
        );
        let memory = [2_000_000, 10_000_000]
            .map(|bytes| peak_memory_of_an_import(&make(&chapters(bytes))).unwrap_or_default());
        println!(
            "| peak memory of a process that imports {format} of 2 / 10 MB of text | {} / {} MB |",
            memory[0], memory[1]
        );
        match pandoc(&make(&chapters(2_000_000)), peer) {
            Some(time) => println!(
                "| pandoc to HTML, the same {format} of 2 MB, same run: median of 3; ratio | {:.0} ms; {:.0} times ours |",
                time.as_secs_f64() * 1e3,
                time.as_secs_f64() * 1e3 / two
            ),
            None => println!("| pandoc, the same {format} of 2 MB | not installed |"),
        }
    }
}
