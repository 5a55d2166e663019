#!/usr/bin/env python3
"""Judge a running practice tenant's POP3, Microsoft Graph and EWS with clients that nobody of this
project wrote: poplib, urllib and exchangelib, with tokens from MSAL for Python.

    mailgrant practice --json > practice.json &
    practice_protocols.py practice.json

Needs the packages python3-msal and python3-exchangelib. Prints one line per check, then
"N passed, M failed"; the exit code is 1 when one failed.
"""

import base64
import json
import logging
import poplib
import sys
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import quote, urlsplit

import exchangelib
import requests.adapters
from exchangelib.errors import (
    EWSError,
    ErrorAccessDenied,
    ErrorImpersonateUserDenied,
    ErrorNonExistentMailbox,
    ErrorServerBusy,
    TransportError,
    UnauthorizedError,
)
from exchangelib.protocol import BaseProtocol, CachingProtocol
from exchangelib.version import EXCHANGE_O365

import practice_clients
from practice_clients import EXCHANGE, Practice, check, xoauth2

GRAPH = "https://graph.microsoft.com/"


def app_token(tenant, resource):
    return tenant.confidential().acquire_token_for_client([resource + ".default"]).get("access_token", "")


# POP3, by poplib.

def pop(tenant, address, token):
    server = urlsplit(tenant.endpoints["pop3"])
    client = poplib.POP3_SSL(server.hostname, server.port, context=tenant.tls, timeout=20)
    client._shortcmd("AUTH XOAUTH2")
    client._shortcmd(base64.b64encode(xoauth2(address, token)).decode())
    return client


def pop_trouble(tenant, address, token):
    try:
        pop(tenant, address, token)
    except poplib.error_proto as error:
        return str(error)
    return "nothing went wrong"


class Continuing(poplib.POP3_SSL):
    """poplib knows no "+" alone, which is how a server asks for more (RFC 5034)."""

    def _getresp(self):
        line, _ = self._getline()
        if line.startswith(b"+"):
            return line
        raise poplib.error_proto(line)


def post_office(tenant):
    poplib.POP3_SSL = Continuing
    token, (address, closed) = app_token(tenant, EXCHANGE), (tenant.inbound[0], tenant.inbound[-1])
    mark = uuid.uuid4().hex
    with tenant.smtp(tenant.outbound, token) as client:
        client.sendmail(tenant.outbound, address, f"From: {tenant.outbound}\r\nSubject: {mark}\r\n\r\n.\r\n..\r\nend\r\n")
    client = pop(tenant, address, token)
    check("poplib sees XOAUTH2 no more after the sign-in", "SASL" not in client.capa(), client.capa())
    count, size = client.stat()
    _, listing, _ = client.list()
    check("poplib counts and lists", count == len(listing) and count > 0 and size > 0, listing)
    _, lines, _ = client.retr(count)
    check("poplib reads what was sent, lone dots and all", lines[-3:] == [b".", b"..", b"end"], lines)
    _, head, _ = client.top(count, 0)
    check("poplib reads a header alone", any(mark.encode() in line for line in head) and b"end" not in head, head)
    uid = client.uidl(count).split()[-1]
    client.dele(count)
    client.rset()
    client.dele(count)
    client.quit()
    client = pop(tenant, address, token)
    check("what was deleted is gone", all(uid not in line for line in client.uidl()[1]))
    client.quit()
    with tenant.imap(address, token) as client:
        client.select("INBOX", readonly=True)
        _, found = client.search(None, "SUBJECT", mark)
        check("... over IMAP too", found == [b""], found)
    unknown = "-ERR Authentication failure: unknown user name or bad password."
    check("POP3 refuses what is no token", unknown in pop_trouble(tenant, address, "not-a-token"))
    server = urlsplit(tenant.endpoints["pop3"])
    client = poplib.POP3_SSL(server.hostname, server.port, context=tenant.tls)
    try:
        client.user(address)
        client.pass_("password")
        said = "nothing went wrong"
    except poplib.error_proto as error:
        said = str(error)
    check("POP3 refuses a password", "Logon failure: unknown user name or bad password." in said, said)
    expected = {"pop-disabled-mailbox": unknown, "service-unavailable-pop": "-ERR Server Unavailable. 21"}
    for scenario, text in expected.items():
        with tenant.planted(scenario):
            said = pop_trouble(tenant, closed, token)
            check(f"{scenario}: {text}", text in said, said)


# Graph, by urllib.

def graph(tenant, token, path, body=None):
    """The status, the headers and the JSON of an answer, also of a refusal."""
    request = urllib.request.Request(tenant.endpoints["graph"] + "v1.0/" + path)
    request.add_header("Authorization", "Bearer " + token)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tenant.tls))
    try:
        with opener.open(request, timeout=20) as answer:
            text = answer.read()
            return answer.status, answer.headers, json.loads(text) if text else {}
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.loads(error.read())


def letter(to, subject):
    recipient = {"emailAddress": {"address": to}}
    content = {"subject": subject, "body": {"contentType": "text", "content": "hello\n"}, "toRecipients": [recipient]}
    return {"message": content, "saveToSentItems": False}


def microsoft_graph(tenant):
    token, to, mark = app_token(tenant, GRAPH), tenant.inbound[0], uuid.uuid4().hex
    check("client credentials give a token for Graph", token.count(".") == 2)
    user = "users/" + quote(tenant.outbound)
    status, _, folder = graph(tenant, token, user + "/mailFolders/inbox")
    check("urllib reads a folder", status == 200 and folder["displayName"] == "Inbox", folder)
    status, _, folders = graph(tenant, token, user + "/mailFolders?$top=50")
    check("... and lists all", status == 200 and len(folders["value"]) >= 6, folders)
    status, headers, said = graph(tenant, token, user + "/sendMail", letter(to, mark))
    check("urllib sends a message", status == 202 and headers["request-id"], said)
    query = quote(f"subject eq '{mark}'")
    status, _, found = graph(tenant, token, f"users/{to}/mailFolders/inbox/messages?$filter={query}")
    check("... and finds it", status == 200 and [m["bodyPreview"] for m in found["value"]] == ["hello"], found)
    client, _ = tenant.device_sign_in(tenant.outbound, [GRAPH + "Mail.ReadWrite", GRAPH + "Mail.Send"])
    account = client.get_accounts()[0]
    person = client.acquire_token_silent([GRAPH + "Mail.ReadWrite"], account=account)["access_token"]
    status, _, me = graph(tenant, person, "me")
    check("a person is me", status == 200 and me["mail"] == tenant.outbound, me)
    status, _, _ = graph(tenant, person, "me/sendMail", letter(to, mark))
    check("a person sends", status == 202, status)
    silent = client.acquire_token_silent([EXCHANGE + "SMTP.Send"], account=account)
    check("the same sign-in gives a token for Exchange", bool(silent) and "access_token" in silent, silent)
    status, _, said = graph(tenant, person, f"users/{to}/messages")
    check("another's mailbox looks as if it were not there", (status, said["error"]["code"]) == (404, "ErrorItemNotFound"), said)
    status, headers, said = graph(tenant, app_token(tenant, EXCHANGE), "me")
    right = status == 401 and "Invalid audience" in said["error"]["message"] and headers["WWW-Authenticate"].startswith("Bearer ")
    check("a token for Exchange is refused", right, said)
    closed = "users/" + tenant.inbound[-1] + "/messages"
    expected = {
        "graph-permission-missing": (403, "ErrorAccessDenied", closed),
        "application-access-policy": (403, "ErrorAccessDenied", closed),
        "throttled-graph": (429, "ApplicationThrottled", closed),
        "mailbox-not-found-or-unlicensed": (404, "MailboxNotEnabledForRESTAPI", closed),
        "graph-user-invalid": (404, "ErrorInvalidUser", user + "/messages"),
        "service-unavailable-graph": (503, "serviceNotAvailable", closed),
    }
    for scenario, (status, code, path) in expected.items():
        with tenant.planted(scenario):
            got, headers, said = graph(tenant, app_token(tenant, GRAPH), path)
            check(f"{scenario}: {status} {code}", (got, said["error"]["code"]) == (status, code), said)
            if status in (429, 503):
                check("... and how long to wait", headers["Retry-After"] == "30", headers["Retry-After"])
    with tenant.planted("send-as-denied"):
        status, _, said = graph(tenant, token, user + "/sendMail", letter(to, mark))
        check("send-as-denied: 403 ErrorSendAsDenied", (status, said["error"]["code"]) == (403, "ErrorSendAsDenied"), said)


# EWS, by exchangelib.

def mailbox(tenant, address, token, access):
    """An account of exchangelib's, at the tenant's EWS, with a token that MSAL got."""
    token = {"access_token": token, "token_type": "Bearer", "expires_at": time.time() + 3000}
    credentials = exchangelib.OAuth2AuthorizationCodeCredentials(access_token=token)
    configuration = exchangelib.Configuration(
        service_endpoint=tenant.endpoints["ews"], auth_type=exchangelib.OAUTH2, credentials=credentials,
        version=exchangelib.Version(build=EXCHANGE_O365),
    )
    return exchangelib.Account(address, config=configuration, access_type=access, autodiscover=False)


class Trusting(requests.adapters.HTTPAdapter):
    """Trusts the tenant's authority, whatever exchangelib would trust."""

    authority = None

    def cert_verify(self, conn, url, verify, cert):
        super().cert_verify(conn, url, self.authority, cert)


def ews_trouble(tenant, address, token, access=exchangelib.IMPERSONATION):
    exchangelib.close_connections()
    CachingProtocol.clear_cache()
    try:
        mailbox(tenant, address, token, access).inbox.refresh()
    except (EWSError, TransportError) as error:
        return error
    return None


def web_services(tenant):
    logging.getLogger("exchangelib").setLevel(logging.CRITICAL + 1)  # it would log tokens
    Trusting.authority = tenant.endpoints["caFile"]
    BaseProtocol.HTTP_ADAPTER_CLS = Trusting
    token, address, closed, mark = app_token(tenant, EXCHANGE), tenant.inbound[0], tenant.inbound[-1], uuid.uuid4().hex
    with tenant.smtp(tenant.outbound, token) as client:
        client.sendmail(tenant.outbound, address, f"From: {tenant.outbound}\r\nSubject: {mark}\r\n\r\nhello\r\n")
    inbox = mailbox(tenant, address, token, exchangelib.IMPERSONATION).inbox
    check("exchangelib opens the inbox for an application", inbox.name == "Inbox" and inbox.total_count > 0, inbox)
    subjects = [item.subject for item in inbox.all().only("subject", "sender", "is_read")]
    check("... and finds what was sent", mark in subjects, subjects)
    _, answer = tenant.device_sign_in(address, [EXCHANGE + "EWS.AccessAsUser.All"])
    person = answer.get("access_token", "")
    inbox = mailbox(tenant, address, person, exchangelib.DELEGATE).inbox
    check("exchangelib opens it for a person", inbox.total_count > 0, inbox)
    said = ews_trouble(tenant, closed, person, exchangelib.DELEGATE)
    check("... and no other", said is not None, said)
    said = ews_trouble(tenant, address, app_token(tenant, GRAPH))
    check("a token for Graph is refused", isinstance(said, (UnauthorizedError, TransportError)), repr(said))
    said = ews_trouble(tenant, "nobody@" + address.split("@")[1], token)
    check("nobody's mailbox: ErrorNonExistentMailbox", isinstance(said, ErrorNonExistentMailbox), repr(said))
    expected = {
        "ews-impersonation-denied": ErrorImpersonateUserDenied,
        "application-access-policy-ews": ErrorAccessDenied,
        "throttled-ews": ErrorServerBusy,
        "mailbox-not-found-or-unlicensed": ErrorNonExistentMailbox,
    }
    for scenario, kind in expected.items():
        with tenant.planted(scenario):
            said = ews_trouble(tenant, closed, app_token(tenant, EXCHANGE))
            check(f"{scenario}: {kind.__name__}", isinstance(said, kind), repr(said))
    for scenario in ("ews-permission-missing", "ews-allowlist-blocked", "ews-allowlist-blocked-tenant", "ews-allowlist-blocked-mailbox"):
        with tenant.planted(scenario):
            said = ews_trouble(tenant, closed, app_token(tenant, EXCHANGE))
            check(f"{scenario}: 403", "403" in repr(said), repr(said))


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        tenant = Practice(json.loads(source.readline()))
    for part in (post_office, microsoft_graph, web_services):
        try:
            part(tenant)
        except Exception as error:  # one part's trouble must not hide the others
            check(part.__name__ + " runs to its end", False, f"{type(error).__name__}: {error}")
    print(f"{practice_clients.passed} passed, {practice_clients.failed} failed")
    return 1 if practice_clients.failed else 0


if __name__ == "__main__":
    sys.exit(main())
