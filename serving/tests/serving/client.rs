//! A client that writes and reads in the order that a test wants.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::in_time;

static PIECE: [u8; 64 << 10] = [b'x'; 64 << 10];

pub struct Client(BufReader<TcpStream>);

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        Self(BufReader::new(in_time(TcpStream::connect(address)).await.unwrap()))
    }

    /// Writes a head: the request line and headers, each with its line end, without the empty line.
    pub async fn head(&mut self, head: &str) {
        self.write(format!("{head}host: example.invalid\r\n\r\n").as_bytes()).await.unwrap();
    }

    /// Asks for a path, without a body.
    pub async fn get(&mut self, path: &str) -> (u16, String) {
        self.head(&format!("GET {path} HTTP/1.1\r\n")).await;
        self.answer().await.unwrap()
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        in_time(self.0.get_mut().write_all(bytes)).await
    }

    /// Writes so many bytes of a body, whole pieces; gives how many were taken, and the error that ended it.
    pub async fn body(&mut self, length: usize) -> (usize, io::Result<()>) {
        for written in (0..length).step_by(PIECE.len()) {
            if let Err(error) = self.write(&PIECE).await {
                return (written, Err(error));
            }
        }
        (length, Ok(()))
    }

    /// Reads one answer, to the end of its body and no further: status and body.
    pub async fn answer(&mut self) -> io::Result<(u16, String)> {
        in_time(async {
            let line = self.line().await?;
            let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
            let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
            let mut length = 0;
            while let Some((name, value)) = self.line().await?.split_once(':') {
                if name == "content-length" {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            self.0.read_exact(&mut body).await?;
            Ok((status, String::from_utf8(body).unwrap()))
        })
        .await
    }

    /// Reads what has come; gives how many bytes, none at the end.
    pub async fn some(&mut self) -> io::Result<usize> {
        let read = in_time(self.0.fill_buf()).await?.len();
        self.0.consume(read);
        Ok(read)
    }

    /// Waits until the server has closed the connection, without another byte.
    pub async fn closed(&mut self) {
        match in_time(self.0.read_u8()).await {
            Ok(byte) => panic!("not closed, but {byte:?}"),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
        }
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        Ok(line)
    }
}
