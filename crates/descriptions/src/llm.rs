//! Extraction by a language model behind an OpenAI-compatible endpoint (Ollama, vLLM, Gemini and others). Off unless the caller
//! hands in a way to reach one; nothing is taken over that is not in the chapter word for word.

use std::ops::Range;

use linguistics::Analysis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{ChapterText, Kind, extract::Span, prompt::LONGEST_TEXT};

/// Longest stretch of a chapter sent at once, in bytes; cut at paragraphs.
const STRETCH: usize = 12_000;

/// What the model is told.
const TASK: &str = "You mark visual descriptions in fiction: runs of consecutive sentences from which an illustrator could draw \
    something the text itself shows, with at least two concrete visual facts. No feelings, no plot, no sounds. Copy each run \
    word for word. Kinds: location, character, atmosphere, object, action. The score, from 0 to 1, says how sure you are. An \
    empty list is a good answer.";

/// What the model is told when it writes a prompt.
const PROMPT_TASK: &str = "You write prompts for an image model. Describe in English, in one line of at most 50 words, the \
    picture that the passage shows. Use nothing but the passage and the notes; name no names; no text in the picture.";

/// Times in a row that an endpoint may fail before it is left alone for the rest of the book.
const PATIENCE: usize = 3;

/// A language model that marks passages and writes prompts in place of the built-in extractor.
pub struct Llm<'a> {
    model: &'a str,
    post: &'a mut dyn FnMut(&Value) -> Result<Value, String>,
    failed: &'a mut dyn FnMut(usize, LlmError),
    /// Failures of the endpoint in a row.
    failures: usize,
}

/// A passage the model marked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Marked {
    /// Bytes of the chapter's text; whole sentences.
    range: Range<usize>,
    /// Sentences of the analysis.
    sentences: Range<usize>,
    kind: Kind,
    /// How sure the model says it is, in 0..=1.
    score: f32,
}

/// What went wrong with a model.
#[derive(Debug, PartialEq, Eq)]
pub enum LlmError {
    /// The endpoint was not reached or refused.
    Endpoint(String),
    /// The answer is not what was asked for.
    Answer(String),
    /// It failed so often in a row that it is not asked any more.
    LeftAlone,
}

impl std::fmt::Display for LlmError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Endpoint(reason) => write!(f, "the language model cannot be reached: {reason}"),
            Self::Answer(reason) => write!(f, "the language model's answer cannot be used: {reason}"),
            Self::LeftAlone => f.write_str("the language model failed too often and is not asked any more"),
        }
    }
}

impl std::error::Error for LlmError {}

#[derive(Deserialize)]
struct Answer {
    descriptions: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    text: String,
    kind: Kind,
    score: f32,
}

#[derive(Deserialize)]
struct Written {
    prompt: String,
}

impl<'a> Llm<'a> {
    /// `post` sends the body of a chat completion request to `model` and returns the answer's body; `failed` is told the chapter
    /// and the reason when the built-in extractor or prompt writer had to step in.
    pub fn new(
        model: &'a str,
        post: &'a mut dyn FnMut(&Value) -> Result<Value, String>,
        failed: &'a mut dyn FnMut(usize, LlmError),
    ) -> Self {
        Self {
            model,
            post,
            failed,
            failures: 0,
        }
    }

    /// The spans of a chapter; `None` when the model gave no usable answer.
    pub(crate) fn spans(&mut self, chapter: &ChapterText<'_>, analysis: &Analysis) -> Option<Vec<Span>> {
        let marked = self.extract(chapter.text, analysis);
        let span = |marked: Marked| Span {
            range: marked.range,
            sentences: marked.sentences,
            kind: marked.kind,
            score: marked.score,
        };
        let marked = self.or_told(chapter.index, marked)?;
        Some(marked.into_iter().map(span).collect())
    }

    /// The model's prompt for a passage, of which it sees no more than the passage and `notes`: what the book has told
    /// before it. `None` when there is none that an image model can take.
    pub(crate) fn prompt(&mut self, chapter: usize, passage: &str, notes: &str) -> Option<String> {
        let user = format!("Passage:\n{passage}\n\nNotes: {notes}");
        let schema = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["prompt"],
            "properties": { "prompt": { "type": "string" } },
        });
        let written = self.ask::<Written>(PROMPT_TASK, &user, "prompt", &schema);
        usable(&self.or_told(chapter, written)?.prompt)
    }

    fn or_told<T>(&mut self, chapter: usize, answer: Result<T, LlmError>) -> Option<T> {
        match answer {
            Err(LlmError::Endpoint(_)) => self.failures += 1,
            Err(LlmError::LeftAlone) => {}
            _ => self.failures = 0,
        }
        answer
            .map_err(|error| {
                if error != LlmError::LeftAlone {
                    (self.failed)(chapter, error);
                }
            })
            .ok()
    }

    /// Asks for the descriptions of a chapter.
    fn extract(&mut self, text: &str, analysis: &Analysis) -> Result<Vec<Marked>, LlmError> {
        let schema = schema();
        let mut marked = Vec::new();
        for stretch in stretches(text) {
            if text[stretch.clone()].trim().is_empty() {
                continue;
            }
            let user = format!("Language: {}\n\n{}", analysis.language, &text[stretch.clone()]);
            let answer: Answer = self.ask(TASK, &user, "descriptions", &schema)?;
            let found = answer.descriptions.into_iter();
            marked.extend(found.filter_map(|mark| verbatim(text, &stretch, analysis, mark)));
        }
        Ok(without_overlaps(marked))
    }

    fn ask<T: for<'de> Deserialize<'de>>(
        &mut self,
        task: &str,
        user: &str,
        name: &str,
        schema: &Value,
    ) -> Result<T, LlmError> {
        if self.failures >= PATIENCE {
            return Err(LlmError::LeftAlone);
        }
        let request = request(self.model, task, user, name, schema);
        let answer = (self.post)(&request).map_err(LlmError::Endpoint)?;
        let content = answer["choices"][0]["message"]["content"].as_str();
        let content = content.ok_or_else(|| LlmError::Answer("no content".to_owned()))?;
        serde_json::from_str(content).map_err(|error| LlmError::Answer(error.to_string()))
    }
}

/// One line in English, cut at a word's end.
fn usable(prompt: &str) -> Option<String> {
    let line = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_english = line
        .chars()
        .all(|letter| !letter.is_alphabetic() || letter.is_ascii());
    if line.is_empty() || !is_english {
        return None;
    }
    if line.len() <= LONGEST_TEXT {
        return Some(line);
    }
    let fits = (0..=LONGEST_TEXT).rev().find(|&at| line.is_char_boundary(at))?;
    let cut = line[..fits].rfind(' ').unwrap_or(fits);
    Some(line[..cut].trim_end_matches([',', ';']).to_owned())
}

/// Ranges of whole paragraphs, each as long as may be sent at once.
fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match stretches.last_mut() {
            Some(last) if end - last.start <= STRETCH => last.end = end,
            _ => stretches.push(start..end),
        }
        start = end;
    }
    stretches
}

fn request(model: &str, task: &str, user: &str, name: &str, schema: &Value) -> Value {
    json!({
        "model": model,
        "temperature": 0,
        "seed": 1,
        "messages": [
            { "role": "system", "content": task },
            { "role": "user", "content": user },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": { "name": name, "strict": true, "schema": schema },
        },
    })
}

fn schema() -> Value {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["descriptions"],
        "properties": { "descriptions": { "type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["text", "kind", "score"],
            "properties": {
                "text": { "type": "string" },
                "kind": { "enum": kinds },
                "score": { "type": "number" },
            },
        } } },
    })
}

/// The mark with its place in the chapter, widened to whole sentences; `None` when its text is not there word for word.
fn verbatim(text: &str, stretch: &Range<usize>, analysis: &Analysis, mark: Mark) -> Option<Marked> {
    let quoted = mark.text.trim();
    let start = stretch.start
        + text[stretch.clone()]
            .find(quoted)
            .filter(|_| !quoted.is_empty())?;
    let end = start + quoted.len();
    let sentences = &analysis.sentences;
    let first = sentences.partition_point(|sentence| sentence.range.end <= start);
    let last = sentences.partition_point(|sentence| sentence.range.start < end);
    let (opening, closing) = (sentences.get(first)?, sentences[..last].last()?);
    (first < last).then(|| Marked {
        range: opening.range.start..closing.range.end,
        sentences: first..last,
        kind: mark.kind,
        score: mark.score.clamp(0.0, 1.0),
    })
}

/// In the order of the text; of two that overlap the surer stays.
fn without_overlaps(mut marked: Vec<Marked>) -> Vec<Marked> {
    marked.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.range.start.cmp(&other.range.start))
    });
    let mut kept: Vec<Marked> = Vec::new();
    for mark in marked {
        if kept
            .iter()
            .all(|other| mark.range.end <= other.range.start || other.range.end <= mark.range.start)
        {
            kept.push(mark);
        }
    }
    kept.sort_by_key(|mark| mark.range.start);
    kept
}

#[cfg(test)]
mod tests {
    use linguistics::{Language, Sentence};

    use super::*;

    const TEXT: &str = "A grey lake lay there. Reeds stood round it.\nHe spoke.";

    fn analysis() -> Analysis {
        let sentence = |range: Range<usize>, paragraph| Sentence {
            range,
            paragraph,
            tokens: Vec::new(),
        };
        Analysis {
            language: Language::English,
            sentences: vec![sentence(0..22, 0), sentence(23..44, 0), sentence(45..54, 1)],
            entities: Vec::new(),
        }
    }

    fn extracted(mut answer: impl FnMut(&Value) -> Result<Value, String>) -> Result<Vec<Marked>, LlmError> {
        Llm::new("m", &mut answer, &mut |_, _| {}).extract(TEXT, &analysis())
    }

    fn answered(descriptions: &Value) -> Result<Vec<Marked>, LlmError> {
        let content = json!({ "descriptions": descriptions }).to_string();
        extracted(|_| Ok(json!({ "choices": [{ "message": { "content": content } }] })))
    }

    fn mark(text: &str, score: f32) -> Value {
        json!({ "text": text, "kind": "location", "score": score })
    }

    #[test]
    fn a_quotation_is_found_and_widened_to_sentences() {
        let marked = answered(&json!([mark("lake lay there. Reeds stood", 0.8)])).unwrap();
        assert_eq!(
            marked
                .iter()
                .map(|mark| &TEXT[mark.range.clone()])
                .collect::<Vec<_>>(),
            [&TEXT[..44]]
        );
    }

    #[test]
    fn what_is_not_in_the_chapter_is_dropped() {
        assert_eq!(
            answered(&json!([mark("A blue lake lay there.", 0.9), mark("", 0.9)])),
            Ok(vec![])
        );
    }

    #[test]
    fn of_two_that_overlap_the_surer_stays() {
        let marked = answered(&json!([
            mark("A grey lake lay there.", 0.4),
            mark("lake lay", 0.9)
        ]))
        .unwrap();
        assert_eq!(marked.iter().map(|mark| mark.score).collect::<Vec<_>>(), [0.9]);
    }

    #[test]
    fn an_endpoint_that_fails_is_told_from_an_answer_that_is_wrong() {
        let ask = |answer: Result<Value, String>| extracted(|_| answer.clone());
        assert_eq!(
            ask(Err("refused".into())),
            Err(LlmError::Endpoint("refused".into()))
        );
        assert_eq!(ask(Ok(json!({}))), Err(LlmError::Answer("no content".into())));
    }

    #[test]
    fn a_prompt_is_one_line_of_english_that_an_image_model_takes() {
        assert_eq!(usable(" a grey\n lake "), Some("a grey lake".into()));
        assert_eq!(usable("серое озеро"), None);
        assert_eq!(usable(" \n"), None);
        let cut = usable(&"reeds, ".repeat(90)).unwrap();
        assert!(cut.len() <= LONGEST_TEXT && cut.ends_with("reeds"), "{cut}");
    }

    #[test]
    fn an_endpoint_that_fails_again_and_again_is_left_alone() {
        let (mut asked, mut told) = (0, 0);
        let mut post = |_: &Value| {
            asked += 1;
            Err("refused".to_owned())
        };
        let mut failed = |_, _| told += 1;
        let mut llm = Llm::new("m", &mut post, &mut failed);
        for chapter in 0..9 {
            assert_eq!(llm.prompt(chapter, TEXT, ""), None);
        }
        assert_eq!((asked, told), (PATIENCE, PATIENCE));
    }

    #[test]
    fn a_prompt_is_written_from_the_passage_and_what_was_told_before_it() {
        let mut asked = String::new();
        let mut post = |body: &Value| {
            asked = body.to_string();
            Ok(json!({ "choices": [{ "message": { "content": "{\"prompt\": \"a lake\"}" } }] }))
        };
        let mut failed = |_, error| panic!("{error}");
        let written = Llm::new("m", &mut post, &mut failed).prompt(0, &TEXT[..22], "evening");
        assert_eq!(written.as_deref(), Some("a lake"));
        assert!(asked.contains("grey lake") && asked.contains("evening") && !asked.contains("spoke"));
    }

    #[test]
    fn long_chapters_are_cut_at_paragraphs() {
        let text = format!("{}\n", "a".repeat(5_000)).repeat(5);
        let stretches = stretches(&text);
        assert_eq!(stretches.len(), 3);
        assert!(
            stretches
                .iter()
                .all(|stretch| text[stretch.clone()].ends_with('\n') && stretch.len() <= STRETCH)
        );
        assert_eq!(stretches.last().map(|stretch| stretch.end), Some(text.len()));
    }
}
