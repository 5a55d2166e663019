package oauth

import (
	"net/url"

	"github.com/mailgrant/mailgrant/providers"
)

// Redirected reads a refusal that a browser was sent back with (RFC 6749 section 4.1.2.1), with
// Entra's error_subcode. Its Status is 0, for no HTTP status came with it. An answer without an
// error gives nil.
func Redirected(answer url.Values) *providers.AuthorityError {
	if answer.Get("error") == "" {
		return nil
	}
	hidden := append(SecretsOf(answer), answer["state"]...)
	keep := func(member string) string { return cleanHiding(answer.Get(member), hidden) }
	said := splitDescription(keep("error_description"))
	return &providers.AuthorityError{
		Code:          keep("error"),
		Suberror:      keep("error_subcode"),
		Numbers:       numbersIn(said.text),
		Description:   said.text,
		TraceID:       said.trace,
		CorrelationID: said.correlation,
		Timestamp:     said.timestamp,
	}
}
