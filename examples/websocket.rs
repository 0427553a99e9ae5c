//! A typed conversation over a blocking WebSocket.
//!
//! With `OPENAI_API_KEY` (and `REALTIME_MODEL`, `REALTIME_URL`) it is one with the service: type a
//! line, read the reply. Without, a server of its own plays it a recorded call.

use realtime_proto::CloseClass::{Finished, Requested};
use realtime_proto::testing::{Entry, Recording};
use realtime_proto::{Close, Command, Config, Dialect, Event, Modality, Phase};
use realtime_proto::{ResponseState, Session, Transmit};
use std::io::{Lines, StdinLock, Write as _, stdin, stdout};
use std::net::{TcpListener, TcpStream};
use std::{env, process::ExitCode, thread, time::Instant};
use tungstenite::{ClientRequestBuilder, Error::Http, Message, protocol::CloseFrame};

type Socket = tungstenite::WebSocket<tungstenite::stream::MaybeTlsStream<TcpStream>>;
type Failure = Box<dyn core::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let key = env::var("OPENAI_API_KEY").ok().filter(|k| !k.is_empty());
    let lines = key.is_some().then(|| stdin().lines());
    let socket = key.map_or_else(recorded_call, |key| connect(&key));
    let ended = socket.and_then(|socket| drive(socket, lines));
    let failed = ended.inspect_err(|failure| eprintln!("{failure}")).is_err();
    ExitCode::from(u8::from(failed))
}

/// Drives a session over a socket until one of them ends; without `lines` it only listens.
fn drive(mut socket: Socket, mut lines: Option<Lines<StdinLock<'_>>>) -> Result<(), Failure> {
    let mut config = Config::new(Dialect::OpenAi);
    config.session.modalities = Some(vec![Modality::Text]);
    let (mut session, clock) = (Session::new(config), Instant::now());
    let ended = loop {
        let idle = session.phase() == Phase::Ready && session.response() == ResponseState::Idle;
        if let Some(lines) = lines.as_mut().filter(|_| idle) {
            eprint!("> ");
            session.send(match &lines.next().transpose()? {
                Some(line) => Command::text(line),
                None => Command::Close,
            })?;
        }
        let message = forward(&mut session, &mut socket).and_then(|()| socket.read());
        session.handle_timeout(clock.elapsed().into());
        match message {
            Ok(Message::Text(frame)) => session.receive(&frame).try_for_each(show)?,
            Ok(Message::Close(Some(CloseFrame { code, reason }))) => {
                session.disconnected(Close::code(code.into(), &reason));
            }
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    session.disconnected(Close::from(&ended));
    core::iter::from_fn(|| session.poll_event()).try_for_each(show)
}

/// Writes all that the session has to send, then flushes once.
fn forward(session: &mut Session, socket: &mut Socket) -> tungstenite::Result<()> {
    while let Some(transmit) = session.poll_transmit() {
        socket.write(match transmit {
            Transmit::Text(text) => text.into(),
            Transmit::Binary(bytes) => bytes.to_vec().into(),
            Transmit::Close { code, reason } => closing(code, reason),
            _ => continue,
        })?;
    }
    socket.flush()
}

fn closing(code: u16, reason: &str) -> Message {
    let (code, reason) = (code.into(), reason.into());
    Message::Close(Some(CloseFrame { code, reason }))
}

fn show(event: Event<'_>) -> Result<(), Failure> {
    match event {
        Event::TextDelta(text) => write!(stdout(), "{}", text.delta)?,
        Event::ResponseFinished(reply) if reply.had_text => writeln!(stdout())?,
        Event::Error(error) => eprintln!("{}", error.message.unwrap_or_default()),
        Event::Closed(end) if !matches!(end.class, Finished | Requested) => {
            return Err(format!("The connection ended: {}", end.reason).into());
        }
        _ => {}
    }
    Ok(stdout().flush()?)
}

/// Connects to the service. No redirect is followed: the key is for it alone.
fn connect(key: &str) -> Result<Socket, Failure> {
    let set_or = |name, default: &str| env::var(name).unwrap_or_else(|_| default.into());
    let url = set_or("REALTIME_URL", "wss://api.openai.com/v1/realtime");
    let model = set_or("REALTIME_MODEL", "gpt-realtime");
    let request = ClientRequestBuilder::new(format!("{url}?model={model}").parse()?)
        .with_header("Authorization", format!("Bearer {}", key.trim()));
    match tungstenite::client::connect_with_config(request, None, 0) {
        Ok((socket, _)) => Ok(socket),
        Err(Http(answer)) => Err(format!("{url} refuses this key: {}", answer.status()).into()),
        Err(error) => Err(format!("{url} cannot be reached: {error}").into()),
    }
}

/// Connects to a server that plays its side of the recording.
fn recorded_call() -> Result<Socket, Failure> {
    let recording: Recording = include_str!("replay/demo.jsonl").parse()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("ws://{}", listener.local_addr()?);
    thread::spawn(move || -> Result<(), Failure> {
        let mut socket = tungstenite::accept(listener.accept()?.0)?;
        for line in recording.lines {
            let Entry::Server(frame) = line.entry else {
                continue;
            };
            socket.send(frame.into())?;
        }
        socket.send(closing(1000, ""))?;
        while socket.read().is_ok() {}
        Ok(())
    });
    Ok(tungstenite::connect(url)?.0)
}
