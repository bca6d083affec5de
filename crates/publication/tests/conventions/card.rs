//! The catalogue card: series, people, titles.

use publication::{Metadata, Role};

use crate::support::books::{Epub, fb2};

fn card(xml: &str) -> Metadata {
    Epub::new()
        .metadata(&format!("<dc:title>Книга</dc:title>{xml}"))
        .page("a.xhtml", "<p>Текст.</p>")
        .import()
        .metadata
}

#[test]
fn a_series_is_told_by_calibre_or_as_a_collection() {
    let collection = |id: &str, name: &str, kind: &str| {
        format!(
            "<meta property=\"belongs-to-collection\" id=\"{id}\">{name}</meta><meta refines=\"#{id}\" property=\"collection-type\">{kind}</meta>"
        )
    };
    let position = "<meta refines=\"#c\" property=\"group-position\">2</meta>";
    let series = collection("c", "Цикл", "series");
    for (how, xml) in [
        (
            "calibre",
            "<meta name=\"calibre:series\" content=\"Цикл\"/><meta name=\"calibre:series_index\" content=\"2.0\"/>"
                .to_owned(),
        ),
        ("collection", format!("{series}{position}")),
        (
            "collection without a type",
            format!("<meta property=\"belongs-to-collection\" id=\"c\">Цикл</meta>{position}"),
        ),
        (
            "after a set",
            format!("{}{series}{position}", collection("s", "Всё", "set")),
        ),
        (
            "after a collection without a type",
            format!("<meta property=\"belongs-to-collection\" id=\"u\">Прочее</meta>{series}{position}"),
        ),
        (
            "beside an empty calibre series",
            format!("<meta name=\"calibre:series\" content=\"\"/>{series}{position}"),
        ),
    ] {
        let found = card(&xml).series.unwrap_or_else(|| panic!("{how}: none"));
        assert_eq!((found.name.as_str(), found.position), ("Цикл", Some(2.0)), "{how}");
    }
    assert_eq!(card(&collection("s", "Всё", "set")).series, None);
}

#[test]
fn an_fb2_book_belongs_to_the_series_that_counts_it() {
    for (sequences, name, position) in [
        ("<sequence name=\"Цикл\" number=\"3\"/>", "Цикл", Some(3.0)),
        (
            "<sequence name=\"Мир\"><sequence name=\"Цикл\" number=\"3\"/></sequence>",
            "Цикл",
            Some(3.0),
        ),
        (
            "<sequence name=\"\" number=\"1\"/><sequence name=\"Цикл\" number=\"03\"/>",
            "Цикл",
            Some(3.0),
        ),
        ("<sequence name=\"Мир\"/>", "Мир", None),
    ] {
        let document = fb2("<body><section><p>Текст.</p></section></body>")
            .replace("<lang>ru</lang>", &format!("<lang>ru</lang>{sequences}"));
        let book = publication::import(document.as_bytes(), None).unwrap();
        let series = book.metadata.series.unwrap();
        assert_eq!(
            (series.name.as_str(), series.position),
            (name, position),
            "{sequences}"
        );
    }
}

#[test]
fn a_description_keeps_its_paragraphs() {
    for description in [
        "<dc:description>&lt;p&gt;Один&lt;/p&gt;&lt;p&gt;Два&lt;/p&gt;</dc:description>",
        "<dc:description><p>О<i>дин</i></p><p>Два</p></dc:description>",
        "<dc:description>Один\nДва</dc:description>",
    ] {
        assert_eq!(
            card(description).description.as_deref(),
            Some("Один\nДва"),
            "{description}"
        );
    }
}

fn people(xml: &str) -> Vec<(String, Role)> {
    card(xml)
        .creators
        .into_iter()
        .map(|creator| (creator.name, creator.role))
        .collect()
}

#[test]
fn people_have_their_roles_in_both_forms() {
    let expected = [
        ("Лев Толстой".to_owned(), Role::Author),
        ("Пётр Переводчик".to_owned(), Role::Translator),
        ("Иван Художник".to_owned(), Role::Illustrator),
        ("Анна Редактор".to_owned(), Role::Editor),
    ];
    assert_eq!(
        people(
            "<dc:creator opf:role=\"aut\" opf:file-as=\"Толстой, Л.\">Лев Толстой</dc:creator><dc:creator opf:role=\"trl\">Пётр Переводчик</dc:creator><dc:contributor opf:role=\"ill\">Иван Художник</dc:contributor><dc:contributor opf:role=\"edt\">Анна Редактор</dc:contributor>"
        ),
        expected
    );
    let refined = |id: &str, role: &str| {
        format!("<meta refines=\"#{id}\" property=\"role\" scheme=\"marc:relators\">{role}</meta>")
    };
    assert_eq!(
        people(&format!(
            "<dc:creator id=\"a\">Лев Толстой</dc:creator>{}<dc:creator id=\"t\">Пётр Переводчик</dc:creator>{}<dc:contributor id=\"i\">Иван Художник</dc:contributor>{}<dc:contributor id=\"e\">Анна Редактор</dc:contributor>{}",
            refined("a", "aut"),
            refined("t", "trl"),
            refined("i", "http://id.loc.gov/vocabulary/relators/ill"),
            refined("e", "edt")
        )),
        expected
    );
}

#[test]
fn several_people_in_one_element_are_told_apart_and_each_is_named_once() {
    let names = |xml: &str| -> Vec<String> { people(xml).into_iter().map(|(name, _)| name).collect() };
    assert_eq!(
        names("<dc:creator>Ильф Илья; Петров Евгений</dc:creator>"),
        ["Ильф Илья", "Петров Евгений"]
    );
    assert_eq!(
        names("<dc:creator>Аркадий Стругацкий &amp; Борис Стругацкий</dc:creator>"),
        ["Аркадий Стругацкий", "Борис Стругацкий"]
    );
    assert_eq!(
        names("<dc:creator>Simon &amp; Schuster</dc:creator>"),
        ["Simon & Schuster"]
    );
    assert_eq!(
        names("<dc:creator>King, Stephen; Straub, Peter</dc:creator>"),
        ["Stephen King", "Peter Straub"]
    );
    assert_eq!(
        names("<dc:creator>А Б</dc:creator><dc:creator>В Г</dc:creator><dc:creator> А  Б</dc:creator>"),
        ["А Б", "В Г"]
    );
}

#[test]
fn people_stand_in_the_order_that_the_book_wishes() {
    let names: Vec<String> = people(
        "<dc:creator id=\"a\">Второй Автор</dc:creator><meta refines=\"#a\" property=\"display-seq\">2</meta><dc:creator id=\"b\">Первый Автор</dc:creator><meta refines=\"#b\" property=\"display-seq\">1</meta>",
    )
    .into_iter()
    .map(|(name, _)| name)
    .collect();
    assert_eq!(names, ["Первый Автор", "Второй Автор"]);
}
