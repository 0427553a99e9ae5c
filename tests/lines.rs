//! Lines out of a stream: cut only at `\n`, wherever the stream itself was cut.

use proptest::{collection::vec, prelude::*, sample::Index};
use realtime_proto::{FrameFault, LineBuffer};

const LIMIT: usize = 64;

/// Everything that has to survive a cut: separators of other worlds, CRLF, blank lines, four-byte
/// characters, a line of exactly the limit, one beyond it, and bytes that are no text.
fn stream() -> Vec<u8> {
    let mut stream = b"{\"a\":1}\n\r\n\n{\"b\":\"x\xE2\x80\xA8y\xC2\x85z\"}\r\n".to_vec();
    stream.extend("{\"c\":\"👩‍🚀 Grüße\"}\n".as_bytes());
    stream.extend([b'=', b' '].repeat(LIMIT / 2));
    stream.extend(b"\r\n");
    stream.extend([b'#'].repeat(LIMIT + 1));
    stream.extend(b"\nab\xFFcd\n\r\r\n{\"d\":2}\n{\"cut");
    stream
}

type Line = Result<String, FrameFault>;

fn wanted() -> Vec<Line> {
    vec![
        Ok(r#"{"a":1}"#.into()),
        Ok("{\"b\":\"x\u{2028}y\u{85}z\"}".into()),
        Ok(r#"{"c":"👩‍🚀 Grüße"}"#.into()),
        Ok("= ".repeat(LIMIT / 2)),
        Err(FrameFault::TooLong { limit: LIMIT }),
        Err(FrameFault::Utf8 { offset: 2 }),
        Ok("\r".into()),
        Ok(r#"{"d":2}"#.into()),
    ]
}

fn polled(lines: &mut LineBuffer) -> Vec<Line> {
    let mut polled = Vec::new();
    while let Some(line) = lines.poll_line() {
        polled.push(line.map(Into::into));
    }
    polled
}

fn lines_of<'r>(reads: impl IntoIterator<Item = &'r [u8]>) -> (Vec<Line>, Vec<u8>) {
    let mut lines = LineBuffer::new(LIMIT);
    let mut all = Vec::new();
    for read in reads {
        lines.push(read);
        all.extend(polled(&mut lines));
    }
    (all, lines.unfinished().to_vec())
}

#[test]
fn a_stream_cut_at_every_byte_gives_the_same_lines() {
    let stream = stream();
    let whole = (wanted(), b"{\"cut".to_vec());
    for at in 0..=stream.len() {
        let (one, other) = stream.split_at(at);
        assert_eq!(lines_of([one, other]), whole, "cut at {at}");
    }
    assert_eq!(lines_of(stream.chunks(1)), whole, "byte by byte");
}

#[test]
fn lines_that_were_not_polled_wait() {
    let mut lines = LineBuffer::new(LIMIT);
    stream().chunks(3).for_each(|read| lines.push(read));
    assert_eq!(polled(&mut lines), wanted());
}

#[test]
fn a_line_of_the_limit_is_one_with_either_end() {
    for end in ["\n", "\r\n"] {
        let mut lines = LineBuffer::new(4);
        lines.push(format!("1234{end}12345{end}123{end}").as_bytes());
        let wanted = [
            Ok("1234".into()),
            Err(FrameFault::TooLong { limit: 4 }),
            Ok("123".into()),
        ];
        assert_eq!(polled(&mut lines), wanted, "{end:?}");
    }
}

#[test]
fn an_endless_line_is_told_at_once_and_once_and_not_kept() {
    let mut lines = LineBuffer::new(LIMIT);
    lines.push(&[b'x'; LIMIT]);
    assert_eq!(polled(&mut lines), []);
    let mut told = Vec::new();
    for _ in 0..10_000 {
        lines.push(&[b'x'; 100]);
        told.extend(polled(&mut lines));
        assert!(lines.unfinished().len() <= LIMIT + 2);
    }
    assert_eq!(told, [Err(FrameFault::TooLong { limit: LIMIT })]);
    lines.push(b"\n{}\n");
    assert_eq!(polled(&mut lines), [Ok("{}".into())]);
}

#[test]
fn an_endless_line_that_nobody_polls_is_bounded() {
    let mut lines = LineBuffer::new(LIMIT);
    for _ in 0..10_000 {
        lines.push(&[b'x'; 100]);
    }
    assert!(lines.unfinished().len() <= LIMIT + 2);
    lines.push(b"\n{}\n");
    let wanted = [Err(FrameFault::TooLong { limit: LIMIT }), Ok("{}".into())];
    assert_eq!(polled(&mut lines), wanted);
}

#[test]
fn the_end_of_the_stream_leaves_what_was_cut_off() {
    let mut lines = LineBuffer::default();
    lines.push(b"{}\n{\"type\":");
    assert_eq!(polled(&mut lines), [Ok("{}".into())]);
    assert_eq!(lines.unfinished(), b"{\"type\":");
}

#[test]
fn debug_prints_lengths() {
    let mut lines = LineBuffer::new(LIMIT);
    lines.push(b"secret");
    assert_eq!(
        format!("{lines:?}"),
        "LineBuffer { bytes: 6, limit: 64, .. }"
    );
}

proptest! {
    /// Against the plainest framer there is: the whole stream at once.
    #[test]
    fn any_stream_in_any_pieces_is_the_stream_in_one(
        bytes in vec(prop_oneof![2 => Just(b'\n'), 1 => Just(b'\r'), 4 => any::<u8>(), 60 => Just(b'a')], 0..400),
        cuts in vec(any::<Index>(), 0..8),
        polls in any::<u16>(),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut lines = LineBuffer::new(LIMIT);
        let mut told = Vec::new();
        for (pair, number) in cuts.windows(2).zip(0..) {
            lines.push(&bytes[pair[0]..pair[1]]);
            if polls >> number & 1 == 1 {
                told.extend(polled(&mut lines));
            }
        }
        told.extend(polled(&mut lines));
        let ended = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut plain: Vec<Line> = bytes[..ended].split_inclusive(|byte| *byte == b'\n')
            .map(|line| &line[..line.len() - 1])
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
            .filter(|line| !line.is_empty())
            .map(|line| match core::str::from_utf8(line) {
                _ if line.len() > LIMIT => Err(FrameFault::TooLong { limit: LIMIT }),
                Ok(line) => Ok(line.into()),
                Err(error) => Err(FrameFault::Utf8 { offset: error.valid_up_to() }),
            })
            .collect();
        let rest = &bytes[ended..];
        if rest.strip_suffix(b"\r").unwrap_or(rest).len() > LIMIT {
            plain.push(Err(FrameFault::TooLong { limit: LIMIT }));
        }
        prop_assert_eq!(told, plain);
    }
}
