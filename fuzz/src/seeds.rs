//! Writes the seed corpus: small files that reach every part of the parsers. Run from the repository's root.

use std::io;
use std::path::Path;

use fuzz::{Fuzzed, epub};

const SEEDS: &[(&str, &[&str])] = &[
    (
        "package",
        &[
            "<package version='2.0' unique-identifier='u'><metadata><dc:title>t</dc:title><dc:creator opf:role='aut'>a, b</dc:creator><meta name='cover' content='p'/><meta name='calibre:series' content='s'/></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine><guide><reference type='text' href='a.xhtml'/></guide></package>",
            "<!DOCTYPE p [<!ENTITY x 'y'><!ENTITY z SYSTEM 'file:///etc/passwd'>]><package><metadata><title id='t'>&x;&z;</title><meta refines='#t' property='title-type'>main</meta></metadata><manifest><item id='j' href='x.json' media-type='application/json' fallback='a'/><item id='a' href='%61.xhtml' media-type='x'/></manifest><spine page-progression-direction='rtl'><itemref idref='j'/></spine></package>",
        ],
    ),
    (
        "navigation",
        &[
            "<nav epub:type='toc'><ol><li><a href='a.xhtml'>A</a><ol><li><span>B</span><ol><li><a href='b.xhtml#i'>C</a></li></ol></li></ol></li></ol></nav><nav epub:type='landmarks'><ol><li><a epub:type='bodymatter' href='b.xhtml'>x</a></li></ol></nav>",
            "<ncx><navMap><navPoint><navLabel><text>A</text></navLabel><content src='a.xhtml'/><navPoint><navLabel><text>B</text></navLabel><content src='b.xhtml#i'/></navPoint></navPoint></navMap></ncx>",
        ],
    ),
    (
        "page",
        &[
            "<html><head><style>.a{font-style:italic}</style></head><body><h1 id='i'>T<br/>t</h1><p class='a'>a <b>b<i>c</b>d</i> &nbsp;&#151;&unknown; 5 < 6</p><table><tr><td>a<td>b</table><ul><li>x<li>y</ul><pre> a\n b</pre></body></html>",
            "<p>a<sup><a href='#n'>1</a></sup></p><aside epub:type='footnote' id='n'>n</aside><svg><image xlink:href='p.png'/></svg><svg><path d='M0'/></svg><math><mi>x</mi></math><ruby>a<rt>b</rt></ruby><![CDATA[c]]><img src='data:image/png;base64,AAAA'/>",
        ],
    ),
    (
        "stylesheet",
        &[
            "/* c */ @import url('x.css'); @media screen { p > .c, #i { font: italic bold 1em x; text-indent: 0 } } .c { text-align:center; letter-spacing: 0.2em; vertical-align: super }",
        ],
    ),
    (
        "picture",
        &[
            "<svg viewBox='0 0 1 2'><path d='M0' onload='x'/><use href='#a'/></svg>",
            "GIF89a\u{1}",
            "\u{89}PNG\r\n\u{1a}\n",
        ],
    ),
    (
        "fb2",
        &[
            "<?xml version='1.0' encoding='windows-1251'?><FictionBook xmlns:l='x'><description><title-info><book-title>t</book-title><sequence name='s' number='1,5'/><coverpage><image l:href='#c'/></coverpage></title-info></description><body><title><p>T</p></title><section><title><p>A</p></title><p>a<a l:href='#n' type='note'>1</a></p><poem><stanza><v>v</v></stanza></poem><cite><p>c</p></cite><table><tr><td>x</td></tr></table><empty-line/><section><p>b</p></section></section></body><body name='notes'><section id='n'><p>n</p></section></body><binary id='c'>R0lGODlhAQABAAAAACw=</binary></FictionBook>",
            "<FictionBook><body><section><p>a<section><p>b</body>",
        ],
    ),
    (
        "text",
        &[
            "Заглавие\n\nГлава I\n\nТекст.\n\n\n\nГлава II\n\nЕщё\nтекст.\n",
            "*** START OF THE PROJECT GUTENBERG EBOOK ***\nCHAPTER 1\n\nx\n*** END OF THE PROJECT GUTENBERG EBOOK ***\n",
        ],
    ),
    (
        "markdown",
        &[
            "---\ntitle: t\n---\n# A\n\n## B\n\ntext *i* **b** [l](http://x.org) ![p](x.png)\n\n> q\n\n| a | b |\n|---|---|\n| c | d |\n\n## C\n\n<b>x</b>[^1]\n\n[^1]: n\n",
        ],
    ),
];

fn main() -> io::Result<()> {
    for (target, seeds) in SEEDS {
        for (index, seed) in seeds.iter().enumerate() {
            write(target, index, seed.as_bytes())?;
        }
    }
    for (index, kind) in [Fuzzed::Package, Fuzzed::Navigation, Fuzzed::Page]
        .into_iter()
        .enumerate()
    {
        write("epub", index, &epub(kind, SEEDS[index].1[0].as_bytes()))?;
    }
    Ok(())
}

fn write(target: &str, index: usize, bytes: &[u8]) -> io::Result<()> {
    let folder = Path::new("fuzz/corpus").join(target);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("seed-{index}")), bytes)
}
