#!/usr/bin/env python3
"""Judge a running practice tenant's browser sign-ins, certificates and Gmail servers with clients
that nobody of this project wrote: MSAL for Python, google-auth-oauthlib, imaplib, smtplib, poplib.

    mailgrant practice --json > practice.json &
    practice_signin.py practice.json

Needs the packages python3-msal and python3-google-auth-oauthlib. Prints one line per check, then
"N passed, M failed"; the exit code is 1 when one failed.
"""

import base64
import html.parser
import imaplib
import json
import os
import poplib
import smtplib
import sys
import threading
import uuid
import webbrowser
from email.message import EmailMessage
from urllib.parse import parse_qsl, urljoin, urlsplit

import google.auth.transport.requests
import msal
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from google_auth_oauthlib.flow import Flow, InstalledAppFlow

import practice_clients
from practice_clients import EXCHANGE, Practice, check, trouble, xoauth2

GMAIL = "https://mail.google.com/"


class Forms(html.parser.HTMLParser):
    """The forms of a page, as a browser sees them."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append((attrs["action"], {}, {}))
        elif tag == "input" and attrs.get("type") == "hidden":
            self.forms[-1][1][attrs["name"]] = attrs["value"]
        elif tag == "button" and "name" in attrs:
            self.forms[-1][2][attrs["name"]] = attrs["value"]


class Browser(webbrowser.BaseBrowser):
    """A browser without a screen: it opens a page and presses the button of an account."""

    def __init__(self, tenant):
        super().__init__()
        self.session = requests.Session()
        self.session.verify = tenant.endpoints["caFile"]
        self.session.trust_env = False
        self.account = ""
        self.last = None

    def open(self, url, new=0, autoraise=True):
        threading.Thread(target=self.go, args=(url,)).start()
        return True

    def go(self, url):
        """Follows the redirect to the program, by whichever way it comes."""
        answer = self.press(url)
        if answer.is_redirect:
            answer = self.session.get(answer.headers["Location"])
        elif answer.ok and b"<form" in answer.content:  # form_post: the page's one button
            action, fields, _ = Forms(answer.text).forms[0]
            answer = self.session.post(action, data=fields)
        self.last = answer

    def press(self, url):
        page = self.session.get(url, headers={"Accept": "text/html"})
        for action, fields, buttons in Forms(page.text).forms:
            if fields.get("account", "") == self.account or buttons.get("action") == self.account:
                form = {**fields, **buttons}
                return self.session.post(urljoin(url, action), data=form, headers={"Accept": "text/html"}, allow_redirects=False)
        return page


def answered(answer):
    return dict(parse_qsl(urlsplit(answer.headers.get("Location", "")).query))


def at_microsoft(tenant, browser):
    client, redirect = tenant.public(), "http://localhost:51234"
    browser.account = tenant.outbound
    flow = client.initiate_auth_code_flow([EXCHANGE + "SMTP.Send"], redirect_uri=redirect, login_hint=tenant.outbound)
    back = answered(browser.press(flow["auth_uri"]))
    answer = client.acquire_token_by_auth_code_flow(flow, back)
    check("MSAL redeems a code with PKCE", "access_token" in answer, answer)
    check("... for the account that was pressed", answer.get("id_token_claims", {}).get("preferred_username") == tenant.outbound)
    with tenant.smtp(tenant.outbound, answer.get("access_token", "")) as smtp:
        check("... and smtplib signs in with it", smtp.noop()[0] == 250)
    again = client.acquire_token_by_auth_code_flow(flow, back)
    check("... once", again.get("error_codes") == [54005], again)
    browser.account = tenant.inbound[0]
    answer = client.acquire_token_interactive([EXCHANGE + "IMAP.AccessAsUser.All"], prompt="select_account", timeout=30)
    check("MSAL's own browser sign-in ends on its loopback port", "access_token" in answer, answer)
    with tenant.imap(tenant.inbound[0], answer.get("access_token", "")) as imap:
        check("... and imaplib opens the mailbox", imap.select("INBOX", readonly=True)[0] == "OK")
    silent = client.acquire_token_silent(["https://graph.microsoft.com/User.Read"], account=client.get_accounts(tenant.inbound[0])[0])
    check("... and the refresh token gives one for Graph", bool(silent) and "access_token" in silent, silent)
    flow = client.initiate_auth_code_flow([EXCHANGE + "SMTP.Send"], redirect_uri=redirect)
    browser.account = "decline"
    refused = client.acquire_token_by_auth_code_flow(flow, answered(browser.press(flow["auth_uri"])))
    check("declining comes back as access_denied", refused.get("error") == "access_denied" and "AADSTS65004" in refused["error_description"], refused)
    flow = client.initiate_auth_code_flow([EXCHANGE + "SMTP.Send"], redirect_uri="http://localhost:51234/elsewhere")
    page = browser.press(flow["auth_uri"])
    check("an address that is not registered stays on the page", page.status_code == 400 and "AADSTS50011" in page.text, page.text)


def certificate(tenant, _):
    text = requests.get(tenant.described["control"] + "certificate.pem").text
    key, public = text.split("-----BEGIN CERTIFICATE-----")
    public = "-----BEGIN CERTIFICATE-----" + public
    # MSAL 1.21 names a certificate by SHA-1 alone.
    thumbprint = x509.load_pem_x509_certificate(public.encode()).fingerprint(hashes.SHA1()).hex()
    credential = {"private_key": key, "thumbprint": thumbprint, "public_certificate": public}

    def token():
        client = msal.ConfidentialClientApplication(
            tenant.described["clientId"], client_credential=credential, instance_discovery=False,
            authority=tenant.endpoints["authority"] + tenant.described["tenant"], http_client=tenant.web)
        return client.acquire_token_for_client([EXCHANGE + ".default"])

    answer = token()
    check("MSAL signs in with a certificate", "access_token" in answer, answer)
    with tenant.imap(tenant.inbound[0], answer.get("access_token", "")) as imap:
        check("... and imaplib opens the mailbox", imap.select("INBOX", readonly=True)[0] == "OK")
    credential["thumbprint"] = "00" * 20
    check("a certificate that was never uploaded is refused", token().get("error_codes") == [700027])


def google_client(tenant, kind):
    described, authority = tenant.described["google"], tenant.described["google"]["endpoints"]["authority"]
    metadata = tenant.web.get(authority + ".well-known/openid-configuration").json()
    config = {"auth_uri": metadata["authorization_endpoint"], "token_uri": metadata["token_endpoint"]}
    if kind == "web":
        config.update(client_id=described["clientId"], client_secret=described["clientSecret"])
    else:
        config.update(client_id=described["desktopClientId"], client_secret=described["desktopClientSecret"],
                      redirect_uris=["http://localhost"])
    return {kind: config}


def at_google(tenant, browser):
    browser.account = tenant.outbound
    verifier = uuid.uuid4().hex * 2
    flow = Flow.from_client_config(google_client(tenant, "web"), ["openid", "https://www.googleapis.com/auth/userinfo.email", GMAIL],
                                   redirect_uri=tenant.described["google"]["redirect"], code_verifier=verifier)
    address, state = flow.authorization_url(access_type="offline", prompt="consent", login_hint=tenant.outbound)
    back = answered(browser.press(address))
    check("Google's answer carries the state", back.get("state") == state, back)
    flow.fetch_token(code=back.get("code", ""), code_verifier=verifier)
    credentials = flow.credentials
    check("google-auth-oauthlib redeems a code", credentials.token.startswith("ya29."), credentials.token[:6])
    session = requests.Session()
    session.verify, session.trust_env = tenant.endpoints["caFile"], False
    first = credentials.token
    credentials.refresh(google.auth.transport.requests.Request(session))
    check("google-auth refreshes the token", credentials.token != first and credentials.valid)
    info = session.get(tenant.described["google"]["endpoints"]["authority"] + "tokeninfo", params={"access_token": credentials.token}).json()
    check("tokeninfo names account and scope", info.get("email") == tenant.outbound and GMAIL in info.get("scope", ""), info)
    gmail(tenant, credentials.token)
    browser.account = tenant.inbound[0]
    desktop = InstalledAppFlow.from_client_config(google_client(tenant, "installed"), ["openid", "https://www.googleapis.com/auth/userinfo.email", GMAIL])
    other = desktop.run_local_server(port=0, authorization_prompt_message="")
    check("google-auth-oauthlib's own browser sign-in ends on its loopback port", other.token.startswith("ya29."))
    said = gmail_trouble(tenant, tenant.outbound, other.token)
    check("another account's token: the challenge, then Gmail's words", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)" in said, said)
    with tenant.planted("google-not-test-user"):
        page = browser.press(address)
        check("who is no test user stays on the page", page.status_code == 403 and "Error 403: access_denied" in page.text, page.text)


def gmail_login(tenant, address, token):
    server = urlsplit(tenant.described["google"]["endpoints"]["imap"])
    client = imaplib.IMAP4_SSL(server.hostname, server.port, ssl_context=tenant.tls, timeout=20)
    answers = iter([xoauth2(address, token), b""])  # the second answers the challenge
    client.authenticate("XOAUTH2", lambda _: next(answers))
    return client


def gmail_trouble(tenant, address, token):
    return trouble(lambda: gmail_login(tenant, address, token))


def gmail(tenant, token):
    endpoints, mark = tenant.described["google"]["endpoints"], uuid.uuid4().hex
    server = urlsplit(endpoints["smtp"])
    with smtplib.SMTP(server.hostname, server.port, timeout=20) as client:
        client.starttls(context=tenant.tls)
        client.ehlo()
        client.auth("XOAUTH2", lambda challenge=None: xoauth2(tenant.outbound, token).decode(), initial_response_ok=True)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = tenant.outbound, tenant.outbound, mark
        message.set_content("A lone dot:\n.\nEnd.\n")
        check("smtplib sends through Gmail", client.send_message(message) == {})
    with gmail_login(tenant, tenant.outbound, token) as client:
        check("imaplib opens All Mail", client.select('"[Gmail]/All Mail"', readonly=True)[0] == "OK")
        check("... and finds what was sent, twice", len(client.search(None, "SUBJECT", mark)[1][0].split()) == 2)
        status, said = client.select("Nowhere", readonly=True)
        check("... and is told which folder is missing", status == "NO" and b"Unknown Mailbox: Nowhere" in said[0], said)
    server = urlsplit(endpoints["pop3"])
    client = poplib.POP3_SSL(server.hostname, server.port, context=tenant.tls, timeout=20)
    check("poplib reads the capabilities", "XOAUTH2" in client.capa().get("SASL", []))
    answer = client._shortcmd("AUTH XOAUTH2 " + base64.b64encode(xoauth2(tenant.outbound, token)).decode())
    check("poplib signs in with the token", answer.startswith(b"+OK"), answer)
    count, _ = client.stat()
    text = b"\n".join(client.retr(count)[1])
    check("... and reads the message unchanged", mark.encode() in text and b"\n.\nEnd." in text, text)
    client.quit()


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        tenant = Practice(json.loads(source.readline()))
    os.environ["REQUESTS_CA_BUNDLE"] = tenant.endpoints["caFile"]  # for the sessions that Google's libraries make
    browser = Browser(tenant)
    webbrowser.register("practice", None, browser, preferred=True)
    for part in (at_microsoft, certificate, at_google):
        try:
            part(tenant, browser)
        except Exception as error:  # one part's trouble must not hide the others
            check(part.__name__ + " runs to its end", False, f"{type(error).__name__}: {error}")
    print(f"{practice_clients.passed} passed, {practice_clients.failed} failed")
    return 1 if practice_clients.failed else 0


if __name__ == "__main__":
    sys.exit(main())
