//! What Chromium reads as `textContent` of a chapter is the chapter's text, to the last UTF-16 code unit.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use publication::Publication;
use serde_json::json;
use support::books::{Epub, import_fb2};
use support::need;

/// Compares every part and every chapter; leaves the number of chapters and the first differences in the page.
const COMPARE: &str = r#"
const wrong = [];
const text = (html) => Object.assign(document.createElement("div"), { innerHTML: html }).textContent;
for (const { name, parts, expected } of chapters) {
  const read = parts.map(({ html }) => text(html));
  if (text(parts.map(({ html }) => html).join("")) !== expected) wrong.push(`${name}: the chapter`);
  let start = 0;
  read.forEach((part, index) => {
    if (start !== parts[index].start) wrong.push(`${name}: part ${index} begins at ${start}`);
    start += part.length;
  });
  if (read.join("") !== expected) wrong.push(`${name}: the parts`);
}
document.body.textContent = `compared ${chapters.length}, wrong ${wrong.length} ${wrong.slice(0, 20).join("; ")}`;
"#;

fn chromium() -> Option<PathBuf> {
    need::found("Chromium (Debian package `chromium`)", need::program("chromium"))
}

/// Books made by code that an HTML parser could read differently from their source.
fn made() -> Vec<(String, Publication)> {
    let pages = [
        "<pre>\n\n  a\n</pre><textarea>\n b</textarea><p>c<br/>\n d</p>",
        "<p>a<a href='#x'>b<a href='#y'>c</a></a><i/>d<b><p>e</p></b></p><div/>f",
        "<table><tr>x<td>a</td><p>b</p></tr></table><ul>c<li>d</li></ul><dl><div><dt>e</dt></div></dl>",
        "<p>&#0;&#x80;&#xD800;&#x1F600; &amp;lt; \u{a0}\u{200b}\u{feff}\r\n&#13;</p><h1>a<h2>b</h2></h1>",
        "<svg><text>a</text><foreignObject><p>b</p></foreignObject></svg><math><mi>c</mi></math><ruby>d<rt>e</rt></ruby>",
        "<p>&lt;script&gt;&lt;!--&lt;/p&gt;</p><noscript><p>a</p></noscript><select><option>b</option></select>",
    ];
    let mut books: Vec<(String, Publication)> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| {
            (
                format!("page {index}"),
                Epub::new().page("a.xhtml", page).import(),
            )
        })
        .collect();
    let long = "<p>Слово за словом, и <emphasis>ещё</emphasis> 😀 слово.</p>".repeat(6_000);
    books.push((
        "parts".into(),
        import_fb2(&format!(
            "<body><section><p>a</p><poem><stanza><v>b</v></stanza></poem>{long}</section></body>"
        )),
    ));
    books
}

/// Whatever the folder of real books holds and the importer takes.
fn found(corpus: &Path) -> Vec<(String, Publication)> {
    let mut books = Vec::new();
    for folder in ["books", "fb2", "conformance", "hostile"] {
        for entry in std::fs::read_dir(corpus.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            let bytes = std::fs::read(corpus.join(folder).join(&name)).unwrap();
            if let Ok(book) = publication::import(&bytes, Some(&name)) {
                books.push((name, book));
            }
        }
    }
    books
}

#[test]
fn a_browser_reads_the_same_text() {
    let Some(chromium) = chromium() else { return };
    let mut books = made();
    if let Some(corpus) = need::corpus() {
        books.extend(found(&corpus));
    }
    let chapters: Vec<_> = books
        .iter()
        .flat_map(|(name, book)| book.chapters.iter().enumerate().map(move |each| (name, each)))
        .map(|(name, (index, chapter))| {
            let parts = chapter.parts.iter();
            let parts: Vec<_> = parts
                .map(|part| json!({"html": chapter.html[part.html.clone()], "start": part.start}))
                .collect();
            json!({"name": format!("{name}, chapter {index}"), "parts": parts, "expected": chapter.text})
        })
        .collect();
    assert!(
        books
            .iter()
            .any(|(_, book)| book.chapters.iter().any(|chapter| chapter.parts.len() > 1))
    );
    let count = chapters.len();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    // A bracket could end the script that it stands in.
    let data = json!(chapters).to_string().replace('<', "\\u003c");
    std::fs::write(
        &page,
        format!(
            "<!doctype html><meta charset=utf-8><body><script>const chapters = {data};{COMPARE}</script>"
        ),
    )
    .unwrap();
    let said = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&said.stdout);
    let verdict = said
        .find("compared ")
        .map(|at| said[at..].trim_end())
        .unwrap_or(&said);
    assert!(
        verdict.starts_with(&format!("compared {count}, wrong 0 ")),
        "{verdict}"
    );
}
