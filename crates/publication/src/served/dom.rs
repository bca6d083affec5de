//! A small tree for html5ever that keeps what the check and the text need.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns, parse_fragment};

use super::{Shared, allow};
use crate::vocabulary::ELEMENTS;

/// What a parse of HTML tells.
pub(super) struct Parsed {
    pub(super) text: String,
    /// Everything in it is on the allow-list.
    pub(super) lawful: bool,
}

/// Parses `html` as the content of a `div`.
pub(super) fn parse(html: &str) -> Parsed {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let sink = Sink {
        nodes: Shared::new(vec![Node::default()]),
        lawful: Shared::new(true),
        capacity: html.len(),
    };
    parse_fragment(sink, Default::default(), context, Vec::new(), false).one(StrTendril::from_slice(html))
}

static ALLOWED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ELEMENTS.iter().copied().collect());

#[derive(Default)]
struct Node {
    parent: Option<usize>,
    children: Vec<usize>,
    name: Option<QualName>,
    text: StrTendril,
}

struct Sink {
    nodes: Shared<Vec<Node>>,
    lawful: Shared<bool>,
    capacity: usize,
}

impl Sink {
    fn push(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    fn unlawful(&self) {
        *self.lawful.borrow_mut() = false;
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }

    fn insert(&self, parent: usize, at: Option<usize>, child: NodeOrText<usize>) {
        let id = match child {
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let index = at.unwrap_or(nodes[parent].children.len());
                let before = index.checked_sub(1).map(|index| nodes[parent].children[index]);
                if let Some(before) = before.filter(|before| nodes[*before].name.is_none()) {
                    nodes[before].text.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.push(Node {
                    text,
                    ..Node::default()
                })
            }
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        let at = at
            .unwrap_or(nodes[parent].children.len())
            .min(nodes[parent].children.len());
        nodes[parent].children.insert(at, id);
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Parsed;
    type ElemName<'a> = NameOf;

    fn finish(self) -> Parsed {
        let nodes = self.nodes.into_inner();
        let mut text = String::with_capacity(self.capacity);
        let mut stack = vec![0];
        while let Some(node) = stack.pop() {
            text.push_str(&nodes[node].text);
            stack.extend(nodes[node].children.iter().rev());
        }
        Parsed {
            text,
            lawful: self.lawful.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> NameOf {
        let empty = || QualName::new(None, ns!(), local_name!(""));
        NameOf(self.nodes.borrow()[*target].name.clone().unwrap_or_else(empty))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        // The parser makes the root of a fragment itself, first of all.
        let root = self.nodes.borrow().len() <= 2 && name.local == local_name!("html");
        let element = &*name.local;
        let lawful = name.ns == ns!(html)
            && ALLOWED.contains(element)
            && attributes
                .iter()
                .all(|a| allow::attribute(element, &a.name.local, &a.value));
        if !lawful && !root {
            self.unlawful();
        }
        self.push(Node {
            name: Some(name),
            ..Node::default()
        })
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.unlawful();
        self.push(Node {
            name: Some(QualName::new(None, ns!(), local_name!(""))),
            ..Node::default()
        })
    }

    fn create_pi(&self, target: StrTendril, _: StrTendril) -> usize {
        self.create_comment(target)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(*node);
        }
        let position = {
            let nodes = self.nodes.borrow();
            let parent = nodes[*sibling].parent;
            parent.map(|parent| {
                (
                    parent,
                    nodes[parent].children.iter().position(|child| child == sibling),
                )
            })
        };
        if let Some((parent, at)) = position {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, _: &usize, attributes: Vec<Attribute>) {
        if !attributes.is_empty() {
            self.unlawful();
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

/// An element's name, by value: the nodes are behind a cell.
#[derive(Debug)]
pub(super) struct NameOf(QualName);

impl html5ever::interface::ElemName for NameOf {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &html5ever::LocalName {
        &self.0.local
    }

    fn expanded(&self) -> ExpandedName<'_> {
        self.0.expanded()
    }
}
