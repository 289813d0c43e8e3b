//! One HTTP answer before it is sent, and the two ways of sending it: whole, or broken off in the middle.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use http_body::{Frame, SizeHint};
use serde_json::{Value, json};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Sleep, sleep};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Status, kind, body and further headers of an answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    content_type: &'static str,
    body: String,
    headers: Vec<(String, String)>,
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, content_type: JSON, body: body.to_string(), headers: Vec::new() }
    }

    /// `{"error": …}`, the shape of most refusals.
    pub fn error(status: u16, error: &str) -> Self {
        Self::json(status, &json!({ "error": error }))
    }

    pub fn html(status: u16, body: &str) -> Self {
        Self { status, content_type: HTML, body: body.to_owned(), headers: Vec::new() }
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self { status, content_type: TEXT, body: body.to_owned(), headers: Vec::new() }
    }

    pub fn with_header(mut self, name: impl Into<String>, value: u64) -> Self {
        self.headers.push((name.into(), value.to_string()));
        self
    }

    /// 200 with the body cut in the middle, yet complete as HTTP.
    pub fn garbled(mut self) -> Self {
        self.status = 200;
        let middle = self.body.floor_char_boundary(self.body.len() / 2);
        self.body.truncate(middle);
        self
    }

    /// With another body, if it is JSON.
    pub fn rewritten(mut self, rewrite: fn(&mut Value)) -> Self {
        if let Ok(mut body) = serde_json::from_str(&self.body) {
            rewrite(&mut body);
            self.body = body.to_string();
        }
        self
    }

    pub fn send(self) -> Response {
        let body = Body::from(self.body.clone());
        self.response(body)
    }

    /// Sends half of the body, then closes the connection.
    pub fn send_half_and_drop(self) -> Response {
        let bytes = Bytes::from(self.body.clone());
        let half = HalfBody { half: Some(bytes.slice(..bytes.len() / 2)), whole: bytes.len() as u64, pause: None };
        self.response(Body::new(half))
    }

    fn response(self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        set_headers(response.headers_mut(), &self);
        response
    }
}

fn set_headers(headers: &mut HeaderMap, reply: &Reply) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    for (name, value) in &reply.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            headers.insert(name, value);
        }
    }
}

/// A body that promises all its bytes, gives half of them and fails.
struct HalfBody {
    half: Option<Bytes>,
    whole: u64,
    pause: Option<Pin<Box<Sleep>>>,
}

impl axum::body::HttpBody for HalfBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        // The first half has to leave before the connection closes, or the client would see no answer at all.
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(Duration::from_millis(20))));
        pause.as_mut().poll(context).map(|()| Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.whole)
    }
}
