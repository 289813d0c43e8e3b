//! Two Apollos behind one address: each call goes to the one its key belongs to.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// An address that leads on to the origin of a call's key; a key that is none of these is hung up on.
pub async fn by_key(routes: Vec<(String, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            tokio::spawn(lead_on(caller, routes.clone()));
        }
    });
    origin
}

async fn lead_on(mut caller: TcpStream, routes: Vec<(String, String)>) {
    let mut head = Vec::new();
    let end = loop {
        if let Some(at) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 2;
        }
        match caller.read_buf(&mut head).await {
            Ok(read) if read > 0 => {}
            _ => return,
        }
    };
    let text = String::from_utf8_lossy(&head[..end]).to_lowercase();
    let key = text.lines().find_map(|line| line.strip_prefix("x-api-key: ")).unwrap_or_default().trim().to_owned();
    let Some((_, origin)) = routes.iter().find(|(route, _)| *route == key) else { return };
    let Ok(mut apollo) = TcpStream::connect(origin.trim_start_matches("http://")).await else { return };
    // One call for each connection, so that no two keys share one.
    let parts = [&head[..end], b"connection: close\r\n", &head[end..]].concat();
    if apollo.write_all(&parts).await.is_ok() {
        drop(tokio::io::copy_bidirectional(&mut caller, &mut apollo).await);
    }
}
