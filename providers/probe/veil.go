package probe

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// gram is the length of a piece of the token that is never shown. Servers repeat what they did
// not understand, cut at a length of their own, so that looking for the whole is not enough.
const gram = 16

// veil hides one token, whole or in pieces, plain or in base64, in everything that is kept.
type veil struct {
	mask   string
	whole  []string            // hidden wherever they stand
	pieces map[string]struct{} // of gram bytes each
}

func newVeil(x xoauth2) veil {
	token := x.token.Reveal()
	if token == "" {
		return veil{}
	}
	v := veil{
		mask:   fmt.Sprintf("[token, %d bytes]", len(token)),
		whole:  []string{x.encoded()},
		pieces: make(map[string]struct{}, 5*len(token)),
	}
	if len(token) < gram {
		v.whole = append(v.whole, token)
	}
	v.learn(token)
	// What stands before the token shifts its base64 form by nothing, one or two bytes.
	for shift := range min(3, len(token)) {
		rest := token[shift:]
		v.learn(base64.StdEncoding.EncodeToString([]byte(rest[:len(rest)-len(rest)%3])))
	}
	return v
}

func (v veil) learn(secret string) {
	for i := 0; i+gram <= len(secret); i++ {
		v.pieces[secret[i:i+gram]] = struct{}{}
	}
}

// keep makes a server's text fit to be kept: cleaned, and without the token. It looks twice,
// because cleaning joins what control characters had kept apart, and cuts what is long.
func (v veil) keep(text string) string { return v.hide(providers.Clean(v.hide(text))) }

func (v veil) hide(text string) string {
	if v.mask == "" {
		return text
	}
	for _, secret := range v.whole {
		text = strings.ReplaceAll(text, secret, v.mask)
	}
	var shown strings.Builder
	from := 0 // what is before it has been written or hidden
	for i := 0; i+gram <= len(text); i++ {
		if _, secret := v.pieces[text[i:i+gram]]; !secret {
			continue
		}
		if i >= from {
			shown.WriteString(text[from:i])
			shown.WriteString(v.mask)
		}
		from = i + gram
	}
	shown.WriteString(text[min(from, len(text)):])
	return shown.String()
}
