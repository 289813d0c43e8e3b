//! The way to Apollo, in the settings of the real window: a proxy whose address is refused, that is not there, and that leads
//! on; a certificate that nobody vouches for, and one that this computer trusts.

use fantoccini::Locator;
use fantoccini::key::Key;
use foray_sandbox::Plan;

use crate::marks::{PEOPLE, SEARCH, SOURCE, STATUS};
use crate::own::{account, choose_persona, enter_workspace};
use crate::secured::{Certificate, NAME, proxy, secured};
use crate::window::{Home, Window};

const NETWORK: &str = "section[aria-label=Network]";

/// An address of this computer at which nobody answers.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

async fn open_network(window: &Window) {
    window.choose_from_menu("Settings").await;
    window.text_with(NETWORK, "Certificates are those this computer trusts").await;
}

async fn use_proxy(window: &Window, address: &str) {
    let field = window.find("section[aria-label=Network] input[inputmode=url]").await;
    window.type_over(&field, address).await;
    window.press(Key::Enter).await;
}

async fn search_again(window: &Window) {
    window.click("Back to the people (Escape)").await;
    window.find(SEARCH).await.click().await.unwrap();
}

#[tokio::test]
async fn a_proxy_is_checked_as_it_is_typed_and_leads_on_to_an_apollo_whose_certificate_is_trusted() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let certificate = Certificate::new(home.data().parent().unwrap());
    let proxy = proxy(secured(apollo.origin(), &certificate).await).await;
    // No name server knows this name; the proxy does.
    let origin = format!("https://{NAME}");
    let variables = [("FORAY_APOLLO_URL", origin.as_str()), ("SSL_CERT_FILE", certificate.file())];

    let window = Window::open_with(&home, &variables[..1]).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.text_with(STATUS, "Apollo not asked yet").await;
    open_network(&window).await;
    let manual = "//section[@aria-label='Network']//label[contains(., 'This one')]";
    window.client.find(Locator::XPath(manual)).await.unwrap().click().await.unwrap();
    use_proxy(&window, "ftp://proxy.example").await;
    window.text_with(NETWORK, "A proxy begins with http://, https://, socks5:// or socks5h://.").await;
    window.picture("network-1-refused-address").await;
    use_proxy(&window, &format!("http://{}", nobody())).await;
    window.text_with(NETWORK, "Used from the next call on.").await;
    search_again(&window).await;
    window.text_with(PEOPLE, "the proxy of the settings does not answer").await;
    window.text_with(STATUS, "Apollo did not answer").await;
    window.picture("network-2-no-proxy-there").await;

    open_network(&window).await;
    use_proxy(&window, &format!("http://{proxy}")).await;
    window.text_with(NETWORK, "Used from the next call on.").await;
    search_again(&window).await;
    window.text_with(PEOPLE, "the certificate that was shown is not one this computer trusts").await;
    window.text_with(STATUS, "100 of 100 calls left").await;
    window.picture("network-3-certificate").await;
    window.close().await;
    assert_eq!(apollo.requests().len(), 0, "nothing was said to whom nobody vouches for");

    // The company's certificate is in the system's store now.
    let window = Window::open_with(&home, &variables).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.text_with(STATUS, "Apollo ok").await;
    assert_eq!(apollo.requests().len(), 1);
    window.close().await;
}
