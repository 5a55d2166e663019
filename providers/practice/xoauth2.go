package practice

import (
	"errors"
	"strings"
)

// parseXOAUTH2 reads the client's response of SASL XOAUTH2: "user=", the address, 0x01,
// "auth=Bearer ", the token, 0x01, 0x01
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth).
func parseXOAUTH2(response []byte) (address, token string, err error) {
	text, complete := strings.CutSuffix(string(response), "\x01\x01")
	first, second, two := strings.Cut(text, "\x01")
	address, named := strings.CutPrefix(first, "user=")
	if !complete || !two || !named || address == "" || strings.Contains(second, "\x01") {
		return "", "", errors.New("XOAUTH2 response has not the form user=…^Aauth=Bearer …^A^A")
	}
	const scheme = "auth=bearer "
	if len(second) <= len(scheme) || !strings.EqualFold(second[:len(scheme)], scheme) {
		return "", "", errors.New("XOAUTH2 response has no bearer token")
	}
	return address, second[len(scheme):], nil
}
