package microsoft

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// Replay posts a form to a token address exactly as a product's own text would. An address at one
// of Microsoft's public hosts goes to a private authority's host and path instead, if Endpoints
// names one; a national cloud's is left alone, because a text for another cloud is a fault.
func (p *Provider) Replay(ctx context.Context, address string, form url.Values) (providers.Grant, error) {
	target, err := p.replayTarget(address)
	if err != nil {
		return providers.Grant{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(form.Encode()))
	if err != nil {
		return providers.Grant{}, errors.New("token address cannot be used: it is not of the form https://host/path")
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	got, err := p.wire.Exchange(request)
	if err != nil {
		return providers.Grant{}, err
	}
	if got.Status != http.StatusOK {
		return providers.Grant{}, oauth.Refusal(got, oauth.SecretsOf(form))
	}
	read, err := oauth.ReadToken(got.Body)
	if err != nil {
		return providers.Grant{}, &providers.StageError{Stage: providers.StageDialogue, Host: got.Host, Err: err}
	}
	return read.Grant(p.now(), got.Took), nil
}

// replayTarget is the address that a replay really goes to.
func (p *Provider) replayTarget(address string) (string, error) {
	target, err := url.Parse(strings.TrimSpace(address))
	if err != nil || target.Hostname() == "" || target.User != nil {
		return "", fmt.Errorf("token address %q is not of the form https://host/path", providers.Clean(address))
	}
	if target.Scheme != "https" {
		return "", fmt.Errorf("token address %q does not begin with https://: a secret would travel in clear", providers.Clean(address))
	}
	authority, err := url.Parse(p.endpoints.Authority)
	if err != nil || authority.Host == "" {
		return "", errors.New("authority is missing: the address of the sign-in service")
	}
	if isPublic(target.Hostname()) && !isPublic(authority.Hostname()) {
		target.Scheme, target.Host = authority.Scheme, authority.Host
		target.Path = strings.TrimRight(authority.Path, "/") + target.Path
	}
	return target.String(), nil
}
