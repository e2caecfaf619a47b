//! A client that speaks and listens byte by byte, in the order that a test wants.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// What is said at once.
static PIECE: [u8; 64 << 10] = [b'x'; 64 << 10];

/// Opens a connection to `http://HOST:PORT`.
pub async fn connect(base: &str) -> (Mouth, Ear) {
    let stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let (ear, mouth) = stream.into_split();
    (Mouth(mouth), Ear(BufReader::new(ear)))
}

/// How a body says where it ends.
#[derive(Debug, Clone, Copy)]
pub enum Framing {
    Length,
    Chunks,
}

/// The half that requests go into.
pub struct Mouth(pub OwnedWriteHalf);

impl Mouth {
    /// Says a request's head, for a body of so many bytes. `head` is the request line and headers, each with its line end.
    pub async fn announce(&mut self, head: &str, framing: Framing, length: usize) {
        let framing = match framing {
            Framing::Length => format!("content-length: {length}"),
            Framing::Chunks => "transfer-encoding: chunked".to_owned(),
        };
        let head = format!("{head}host: example.invalid\r\n{framing}\r\n\r\n");
        self.0.write_all(head.as_bytes()).await.unwrap();
    }

    /// Says a body of so many bytes, whole pieces; gives what was taken of it, and the error that ended it.
    pub async fn say(&mut self, framing: Framing, length: usize) -> (usize, io::Result<()>) {
        for said in (0..length).step_by(PIECE.len()) {
            if let Err(error) = self.piece(framing).await {
                return (said, Err(error));
            }
        }
        let ended = match framing {
            Framing::Length => Ok(()),
            Framing::Chunks => self.0.write_all(b"0\r\n\r\n").await,
        };
        (length, ended)
    }

    async fn piece(&mut self, framing: Framing) -> io::Result<()> {
        match framing {
            Framing::Length => self.0.write_all(&PIECE).await,
            Framing::Chunks => {
                self.0.write_all(format!("{:x}\r\n", PIECE.len()).as_bytes()).await?;
                self.0.write_all(&PIECE).await?;
                self.0.write_all(b"\r\n").await
            }
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Heard {
    pub status: u16,
    pub body: String,
}

/// The half that answers come out of.
pub struct Ear(pub BufReader<OwnedReadHalf>);

impl Ear {
    /// Hears one answer, to the end of its body and no further.
    pub async fn hear(&mut self) -> io::Result<Heard> {
        let status_line = self.line().await?;
        let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut length = 0;
        loop {
            let line = self.line().await?;
            match line.split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok(Heard { status, body: String::from_utf8(body).unwrap() })
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        Ok(line)
    }
}
