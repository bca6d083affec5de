//! Extraction by a language model behind an OpenAI-compatible endpoint (Ollama, vLLM, Gemini and others). Off unless the caller
//! hands in a way to reach one; nothing is taken over that is not in the chapter word for word.

use std::ops::Range;

use linguistics::{Analysis, Language};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Kind;

/// Longest stretch of a chapter sent at once, in bytes; cut at paragraphs.
const STRETCH: usize = 12_000;

/// What the model is told.
const TASK: &str = "You mark visual descriptions in fiction: runs of consecutive sentences from which an illustrator could draw \
    something the text itself shows, with at least two concrete visual facts. No feelings, no plot, no sounds. Copy each run \
    word for word. Kinds: location, character, atmosphere, object, action. For each also write a short English prompt for an \
    image model that tells nothing the run does not show. An empty list is a good answer.";

/// A passage the model marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Bytes of the chapter's text; whole sentences.
    pub range: Range<usize>,
    /// What it shows.
    pub kind: Kind,
    /// How sure the model says it is, in 0..=1.
    pub score: f32,
    /// The model's prompt.
    pub prompt: String,
}

/// What went wrong with a model.
#[derive(Debug, PartialEq, Eq)]
pub enum LlmError {
    /// The endpoint was not reached or refused.
    Endpoint(String),
    /// The answer is not what was asked for.
    Answer(String),
}

impl std::fmt::Display for LlmError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Endpoint(reason) => write!(f, "the language model cannot be reached: {reason}"),
            Self::Answer(reason) => write!(f, "the language model's answer cannot be used: {reason}"),
        }
    }
}

impl std::error::Error for LlmError {}

#[derive(Deserialize)]
struct Answer {
    descriptions: Vec<Mark>,
}

#[derive(Deserialize, Serialize)]
struct Mark {
    text: String,
    kind: Kind,
    score: f32,
    prompt: String,
}

/// Asks a model for the descriptions of a chapter. `post` sends the body of a chat completion request and returns the answer's
/// body.
///
/// # Errors
/// When the endpoint fails or answers with something else than was asked for.
pub fn extract(
    model: &str,
    language: Language,
    text: &str,
    analysis: &Analysis,
    post: &mut dyn FnMut(&Value) -> Result<Value, String>,
) -> Result<Vec<Marked>, LlmError> {
    let mut marked = Vec::new();
    for stretch in stretches(text) {
        let answer = post(&request(model, language, &text[stretch.clone()])).map_err(LlmError::Endpoint)?;
        let content = answer["choices"][0]["message"]["content"].as_str();
        let content = content.ok_or_else(|| LlmError::Answer("no content".to_owned()))?;
        let answer: Answer =
            serde_json::from_str(content).map_err(|error| LlmError::Answer(error.to_string()))?;
        marked.extend(
            answer
                .descriptions
                .into_iter()
                .filter_map(|mark| verbatim(text, &stretch, analysis, mark)),
        );
    }
    Ok(without_overlaps(marked))
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

fn request(model: &str, language: Language, text: &str) -> Value {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    json!({
        "model": model,
        "temperature": 0,
        "seed": 1,
        "messages": [
            { "role": "system", "content": TASK },
            { "role": "user", "content": format!("Language: {language}\n\n{text}") },
        ],
        "response_format": { "type": "json_schema", "json_schema": { "name": "descriptions", "strict": true, "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["descriptions"],
            "properties": { "descriptions": { "type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["text", "kind", "score", "prompt"],
                "properties": {
                    "text": { "type": "string" },
                    "kind": { "enum": kinds },
                    "score": { "type": "number" },
                    "prompt": { "type": "string" },
                },
            } } },
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
    let mut touched = analysis
        .sentences
        .iter()
        .filter(|sentence| sentence.range.start < end && start < sentence.range.end);
    let first = touched.next()?;
    let last = touched.next_back().unwrap_or(first);
    Some(Marked {
        range: first.range.start..last.range.end,
        kind: mark.kind,
        score: mark.score.clamp(0.0, 1.0),
        prompt: mark.prompt,
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
    use linguistics::Sentence;

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

    fn answered(descriptions: &Value) -> Result<Vec<Marked>, LlmError> {
        let content = json!({ "descriptions": descriptions }).to_string();
        let answer = json!({ "choices": [{ "message": { "content": content } }] });
        extract("m", Language::English, TEXT, &analysis(), &mut |_| {
            Ok(answer.clone())
        })
    }

    fn mark(text: &str, score: f32) -> Value {
        json!({ "text": text, "kind": "location", "score": score, "prompt": "a lake" })
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
        let ask = |answer: Result<Value, String>| {
            extract("m", Language::English, TEXT, &analysis(), &mut |_| answer.clone())
        };
        assert_eq!(
            ask(Err("refused".into())),
            Err(LlmError::Endpoint("refused".into()))
        );
        assert_eq!(ask(Ok(json!({}))), Err(LlmError::Answer("no content".into())));
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
