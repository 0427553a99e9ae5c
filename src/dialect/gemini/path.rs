//! Arguments that come value by value, put together at their paths (`$.cart[0].name`).

use crate::{
    dialect::Assembled,
    json::{Array, Object},
};
use alloc::{string::String, vec::Vec};

/// How deep and how wide arguments may be that somebody spells out value by value.
const MOST: usize = 256;

type Members<'v> = Vec<(&'v str, Node<'v>)>;

enum Node<'v> {
    Value(&'v Assembled),
    Object(Members<'v>),
    Array(Vec<Self>),
}

enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

/// The object that the values add up to, each at its path.
pub(super) fn assemble(values: &[Assembled]) -> String {
    let mut members = Vec::new();
    for value in values {
        let mut steps = steps(&value.path);
        steps.truncate(MOST);
        if let Some((Step::Key(key), rest)) = steps.split_first() {
            put_member(&mut members, key, rest, value);
        }
    }
    let mut text = String::new();
    let mut object = Object::new(&mut text);
    write_members(&mut object, &members);
    object.end();
    text
}

/// `$.a.b[0]` and `$['a']`; whatever is neither is a key.
fn steps(path: &str) -> Vec<Step<'_>> {
    let path = path.strip_prefix('$').unwrap_or(path);
    let parts = path.split(['.', '[']).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let Some(inside) = part.strip_suffix(']') else {
                return Step::Key(part);
            };
            match inside.parse() {
                Ok(index) if index < MOST => Step::Index(index),
                _ => Step::Key(inside.trim_matches(['\'', '"'])),
            }
        })
        .collect()
}

fn put_member<'v>(
    members: &mut Members<'v>,
    key: &'v str,
    steps: &[Step<'v>],
    value: &'v Assembled,
) {
    if let Some((_, node)) = members.iter_mut().find(|(name, _)| *name == key) {
        put(node, steps, value);
        return;
    }
    let mut node = Node::Object(Vec::new());
    put(&mut node, steps, value);
    members.push((key, node));
}

/// A value at a place that held another kind takes it over.
fn put<'v>(node: &mut Node<'v>, steps: &[Step<'v>], value: &'v Assembled) {
    match (steps.split_first(), node) {
        (None, node) => *node = Node::Value(value),
        (Some((Step::Key(key), rest)), Node::Object(members)) => {
            put_member(members, key, rest, value);
        }
        (Some((Step::Index(index), rest)), Node::Array(elements)) => {
            let length = elements.len().max(index + 1);
            elements.resize_with(length, || Node::Object(Vec::new()));
            if let Some(element) = elements.get_mut(*index) {
                put(element, rest, value);
            }
        }
        (Some((Step::Key(_), _)), node) => {
            *node = Node::Object(Vec::new());
            put(node, steps, value);
        }
        (Some((Step::Index(_), _)), node) => {
            *node = Node::Array(Vec::new());
            put(node, steps, value);
        }
    }
}

fn write_members(object: &mut Object<'_>, members: &[(&str, Node<'_>)]) {
    for (key, node) in members {
        match node {
            Node::Value(value) if value.text => object.str(key, &value.value),
            Node::Value(value) => object.raw(key, &value.value),
            Node::Object(members) => object.object(key, |object| write_members(object, members)),
            Node::Array(elements) => object.array(key, |array| write_elements(array, elements)),
        };
    }
}

fn write_elements(array: &mut Array<'_>, elements: &[Node<'_>]) {
    for node in elements {
        match node {
            Node::Value(value) if value.text => array.str(&value.value),
            Node::Value(value) => array.raw(&value.value),
            Node::Object(members) => array.object(|object| write_members(object, members)),
            Node::Array(elements) => array.array(|array| write_elements(array, elements)),
        }
    }
}
