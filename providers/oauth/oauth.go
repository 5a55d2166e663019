// Package oauth speaks to a sign-in service over HTTPS, whoever runs it: single exchanges, bounded
// and traced; and the tokens and refusals that come back, read without trusting them.
package oauth
