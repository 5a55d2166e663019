#!/usr/bin/env python3
"""Judge a running practice tenant with clients that nobody of this project wrote:
MSAL for Python, imaplib and smtplib.

    mailgrant practice --json > practice.json &
    practice_clients.py practice.json        (or the JSON on standard input)

Needs the package python3-msal. Prints one line per check, then "N passed, M failed";
the exit code is 1 when one failed.
"""

import contextlib
import imaplib
import json
import smtplib
import ssl
import sys
import uuid
from email.message import EmailMessage
from urllib.parse import urlsplit

import msal
import requests

EXCHANGE = "https://outlook.office365.com/"
passed, failed = 0, 0


def check(name, right, detail=""):
    global passed, failed
    if right:
        passed += 1
        print("ok    ", name)
    else:
        failed += 1
        print("FAILED", name, "-", detail)


class Practice:
    """A practice tenant, as its own JSON describes it."""

    def __init__(self, described):
        self.described = described
        self.endpoints = described["endpoints"]
        self.tls = ssl.create_default_context(cafile=self.endpoints["caFile"])
        self.web = requests.Session()
        self.web.verify = self.endpoints["caFile"]
        self.web.trust_env = False
        self.outbound = described["mailboxes"]["outbound"]["address"]
        self.inbound = [box["address"] for box in described["mailboxes"]["inbound"]]

    def confidential(self, secret=None):
        return msal.ConfidentialClientApplication(
            self.described["clientId"],
            client_credential=secret or self.described["clientSecret"],
            authority=self.endpoints["authority"] + self.described["tenant"],
            instance_discovery=False,
            http_client=self.web,
        )

    def public(self):
        return msal.PublicClientApplication(
            self.described["clientId"],
            authority=self.endpoints["authority"] + self.described["tenant"],
            instance_discovery=False,
            http_client=self.web,
        )

    def app_token(self):
        answer = self.confidential().acquire_token_for_client([EXCHANGE + ".default"])
        return answer.get("access_token", "")

    def press(self, user_code, account, action="approve"):
        """The person at the device login page."""
        form = {"user_code": user_code, "account": account, "action": action}
        return self.web.post(self.described["deviceLogin"], data=form)

    def device_sign_in(self, account, scopes, action="approve"):
        client = self.public()
        flow = client.initiate_device_flow(scopes)
        if "user_code" not in flow:
            return client, flow
        self.press(flow["user_code"], account, action)
        return client, client.acquire_token_by_device_flow(flow)

    @contextlib.contextmanager
    def planted(self, scenario):
        requests.post(self.described["control"], data={"plant": scenario}).raise_for_status()
        try:
            yield
        finally:
            requests.post(self.described["control"], data={"repair": scenario}).raise_for_status()

    def imap(self, address, token):
        server = urlsplit(self.endpoints["imap"])
        client = imaplib.IMAP4_SSL(server.hostname, server.port, ssl_context=self.tls, timeout=20)
        client.authenticate("XOAUTH2", lambda _: xoauth2(address, token))
        return client

    def smtp(self, address, token):
        server = urlsplit(self.endpoints["smtp"])
        client = smtplib.SMTP(server.hostname, server.port, timeout=20)
        client.ehlo()
        client.starttls(context=self.tls)
        client.ehlo()
        client.user, client.password = address, token
        client.auth("XOAUTH2", lambda challenge=None: xoauth2(address, token).decode(), initial_response_ok=False)
        return client


def xoauth2(address, token):
    return f"user={address}\x01auth=Bearer {token}\x01\x01".encode()


def trouble(action):
    """What an action that must fail says."""
    try:
        action()
    except (imaplib.IMAP4.error, smtplib.SMTPException) as error:
        return str(error)
    return "nothing went wrong"


def application(tenant):
    answer = tenant.confidential().acquire_token_for_client([EXCHANGE + ".default"])
    check("client credentials give a token", "access_token" in answer, answer)
    check("... of about an hour", answer.get("expires_in") == 3599, answer.get("expires_in"))
    check("... and no refresh token", "refresh_token" not in answer)
    token = answer.get("access_token", "")
    for address in tenant.inbound:
        with tenant.imap(address, token) as client:
            status, _ = client.select("INBOX", readonly=True)
            check(f"imaplib opens INBOX of {address}", status == "OK", status)
            status, folders = client.list()
            check(f"imaplib lists the folders of {address}", status == "OK" and len(folders) > 3, folders)
            status, said = client.select("Nowhere", readonly=True)
            check("a folder that is missing is refused", status == "NO" and b"doesn't exist" in said[0], said)
    send_and_find(tenant, token, token, tenant.inbound[0])


def send_and_find(tenant, sender_token, reader_token, to):
    mark = uuid.uuid4().hex
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = tenant.outbound, to, "practice " + mark
    message.set_content("A line, and a lone dot:\n.\nEnd.\n")
    with tenant.smtp(tenant.outbound, sender_token) as client:
        check("smtplib sends a message", client.send_message(message) == {})
    with tenant.imap(to, reader_token) as client:
        client.select("INBOX", readonly=True)
        _, found = client.search(None, "SUBJECT", mark)
        numbers = found[0].split()
        check("imaplib finds it in the INBOX", len(numbers) == 1, found)
        if numbers:
            _, parts = client.fetch(numbers[0], "(RFC822)")
            check("... unchanged", b"\r\n.\r\nEnd." in parts[0][1], parts)


def person(tenant):
    client, answer = tenant.device_sign_in(tenant.outbound, [EXCHANGE + "SMTP.Send"])
    check("the device flow gives a token", "access_token" in answer, answer)
    check("... for the account that approved", answer.get("id_token_claims", {}).get("preferred_username") == tenant.outbound)
    sender_token = answer.get("access_token", "")
    accounts = client.get_accounts()
    check("... which is remembered", len(accounts) == 1, accounts)
    silent = client.acquire_token_silent(["https://graph.microsoft.com/User.Read"], account=accounts[0])
    check("the refresh token gives one for Graph", bool(silent) and "access_token" in silent, silent)
    _, reader = tenant.device_sign_in(tenant.inbound[0], [EXCHANGE + "IMAP.AccessAsUser.All"])
    send_and_find(tenant, sender_token, reader.get("access_token", ""), tenant.inbound[0])
    said = trouble(lambda: tenant.imap(tenant.inbound[0], sender_token).select("INBOX"))
    check("another person's mailbox stays closed", "not connected" in said, said)
    said = trouble(lambda: tenant.smtp(tenant.inbound[0], sender_token))
    check("... for sending too", "535" in said and "5.7.3" in said, said)
    gone = tenant.press("NEVERGIVEN", tenant.outbound)
    check("the page does not know a code never given out", gone.status_code == 404, gone.status_code)


def entra_refusals(tenant):
    expected = {
        "secret-expired": 7000222,
        "secret-wrong-or-truncated": 7000215,
        "secret-missing": 700026,
        "app-not-in-tenant": 700016,
        "app-disabled-in-tenant": 7000112,
        "service-principal-missing-entra": 7000229,
    }
    for scenario, number in expected.items():
        with tenant.planted(scenario):
            answer = tenant.confidential().acquire_token_for_client([EXCHANGE + ".default"])
            check(f"{scenario}: AADSTS{number}", answer.get("error_codes") == [number], answer)
    expected = {
        "device-code-declined": "authorization_declined",
        "device-code-expired": "expired_token",
        "public-client-flow-disabled": "invalid_client",
        "conditional-access-blocked": "interaction_required",
        "admin-consent-required": "invalid_grant",
        "consent-missing": "invalid_grant",
        "user-not-assigned": "invalid_grant",
    }
    for scenario, error in expected.items():
        with tenant.planted(scenario):
            _, answer = tenant.device_sign_in(tenant.outbound, [EXCHANGE + "SMTP.Send"])
            check(f"{scenario}: {error}", answer.get("error") == error, answer)
    with tenant.planted("tenant-not-found"):
        try:
            tenant.confidential()
            said = "nothing went wrong"
        except ValueError as error:
            said = f"{error} {error.__context__}"  # MSAL's own words, then the service's
        check("tenant-not-found: the metadata says so", "AADSTS90002" in said, said)


def exchange_refusals(tenant):
    token = tenant.app_token()
    said = trouble(lambda: tenant.imap(tenant.inbound[0], "not-a-token"))
    check("IMAP refuses what is no token", "AUTHENTICATE failed." in said, said)
    said = trouble(lambda: tenant.smtp(tenant.outbound, "not-a-token"))
    check("SMTP refuses what is no token", "5.7.3 Authentication unsuccessful" in said, said)
    server = urlsplit(tenant.endpoints["imap"])
    with imaplib.IMAP4_SSL(server.hostname, server.port, ssl_context=tenant.tls) as client:
        said = trouble(lambda: client.login(tenant.inbound[0], "password"))
        check("IMAP refuses a password", "LOGIN failed." in said, said)
    server = urlsplit(tenant.endpoints["smtp"])
    with smtplib.SMTP(server.hostname, server.port) as client:
        client.starttls(context=tenant.tls)
        said = trouble(lambda: client.login(tenant.outbound, "password"))
        check("SMTP refuses a password", "basic authentication is disabled" in said, said)
    with smtplib.SMTP(server.hostname, server.port) as client:
        client.starttls(context=tenant.tls)
        said = trouble(lambda: client.sendmail(tenant.outbound, tenant.outbound, "x"))
        check("SMTP refuses mail without a sign-in", "5.7.57 Client not authenticated to send mail." in said, said)
    with tenant.smtp(tenant.outbound, token) as client:
        said = trouble(lambda: client.sendmail(tenant.outbound, "someone@elsewhere.example", "x"))
        check("nothing leaves the tenant", "550" in said, said)
    closed = tenant.inbound[-1]
    for scenario in ("mailbox-permission-missing-imap", "imap-disabled-mailbox"):
        with tenant.planted(scenario):
            said = trouble(lambda: tenant.imap(closed, token).select("INBOX", readonly=True))
            check(f"{scenario}: signed in, not connected", "User is authenticated but not connected." in said, said)
    with tenant.planted("throttled-imap"):
        said = trouble(lambda: tenant.imap(closed, token).select("INBOX", readonly=True))
        check("throttled-imap: says how long to wait", "Suggested Backoff Time: 29000 milliseconds" in said, said)
    expected = {
        "smtp-auth-disabled-tenant": "SmtpClientAuthentication is disabled for the Tenant.",
        "smtp-auth-disabled-mailbox": "SmtpClientAuthentication is disabled for the Mailbox.",
        "mailbox-permission-missing-smtp": "5.7.3 Authentication unsuccessful",
        "throttled-smtp": "4.3.2 Concurrent connections limit exceeded.",
    }
    for scenario, text in expected.items():
        with tenant.planted(scenario):
            said = trouble(lambda: tenant.smtp(tenant.outbound, token))
            check(f"{scenario}: {text}", text in said, said)
    with tenant.planted("send-as-denied"), tenant.smtp(tenant.outbound, token) as client:
        said = trouble(lambda: client.sendmail(tenant.outbound, tenant.outbound, f"From: {tenant.outbound}\r\n\r\nx"))
        check("send-as-denied: refused after the message", "5.2.252 SendAsDenied" in said, said)


def main():
    source = open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin
    with source:
        # One object on one line; what comes after it is not waited for.
        tenant = Practice(json.loads(source.readline()))
    for part in (application, person, entra_refusals, exchange_refusals):
        try:
            part(tenant)
        except Exception as error:  # one part's trouble must not hide the others
            check(part.__name__ + " runs to its end", False, f"{type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
