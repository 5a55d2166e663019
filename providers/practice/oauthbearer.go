package practice

import (
	"errors"
	"strings"
)

const oauthbearer = "OAUTHBEARER"

// parseOAUTHBEARER reads the client's response of SASL OAUTHBEARER (RFC 7628 section 3.1): a GS2
// header with the address, then key=value pairs, of which auth is needed, each ended by 0x01.
func parseOAUTHBEARER(response []byte) (address, token string, err error) {
	parts := strings.Split(string(response), "\x01")
	if len(parts) < 4 || parts[len(parts)-1] != "" || parts[len(parts)-2] != "" {
		return "", "", errors.New("OAUTHBEARER response has not the form n,a=…,^Aauth=Bearer …^A^A")
	}
	address, named := strings.CutPrefix(strings.TrimSuffix(parts[0], ","), "n,a=")
	if !named || address == "" {
		return "", "", errors.New("OAUTHBEARER response names no address")
	}
	// RFC 5801 section 4: the two characters with a meaning are written by their numbers.
	address = strings.NewReplacer("=2C", ",", "=2c", ",", "=3D", "=", "=3d", "=").Replace(address)
	const scheme = "auth=bearer "
	for _, pair := range parts[1 : len(parts)-2] {
		if len(pair) > len(scheme) && strings.EqualFold(pair[:len(scheme)], scheme) {
			return address, pair[len(scheme):], nil
		}
	}
	return "", "", errors.New("OAUTHBEARER response has no bearer token")
}

// parseBearer reads the response of either mechanism that carries a token.
func parseBearer(mechanism string, response []byte) (address, token string, err error) {
	if mechanism == oauthbearer {
		return parseOAUTHBEARER(response)
	}
	return parseXOAUTH2(response)
}
