package microsoft

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// metadata is what the sign-in service publishes about a tenant: OpenID Connect Discovery 1.0
// section 3, RFC 8628 section 4, and Entra's additions.
type metadata struct {
	host          string // that published it, as host:port
	authority     string // address that it belongs to, without a slash at its end
	issuer        string
	authorization string
	token         string
	deviceCode    string
	region        string
	cloud         string
}

// LookUp reads the tenant's metadata; nothing is signed in. A tenant that does not exist gives a
// *providers.AuthorityError with number 90002 or 900023.
func (p *Provider) LookUp(ctx context.Context, tenant string) (providers.Tenant, error) {
	found, err := p.metadata(ctx, tenant)
	if err != nil {
		return providers.Tenant{}, err
	}
	asked := strings.TrimSpace(tenant)
	return providers.Tenant{
		ID:     cmp.Or(guidIn(found.issuer), guidIn(found.token), asked),
		Asked:  asked,
		Issuer: providers.Clean(found.issuer),
		Region: providers.Clean(found.region),
		Cloud:  providers.Clean(found.cloud),
	}, nil
}

// metadata returns the tenant's metadata, asked for once.
func (p *Provider) metadata(ctx context.Context, tenant string) (metadata, error) {
	authority, err := authorityOf(p.endpoints.Authority, tenant)
	if err != nil {
		return metadata{}, err
	}
	always := func(metadata) bool { return true }
	return p.tenants.get(ctx, authority, always, func(ctx context.Context) (metadata, error) {
		return p.publishedBy(ctx, authority)
	})
}

// publishedBy reads the metadata of one authority.
func (p *Provider) publishedBy(ctx context.Context, authority string) (metadata, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, authority+"/v2.0/.well-known/openid-configuration", nil)
	if err != nil {
		return metadata{}, fmt.Errorf("authority %q is not an address: %w", providers.Clean(authority), err)
	}
	request.Header.Set("Accept", "application/json")
	got, err := p.wire.Exchange(request)
	if err != nil {
		return metadata{}, err
	}
	if got.Status != http.StatusOK {
		return metadata{}, oauth.Refusal(got, nil)
	}
	found := readMetadata(got.Body)
	found.host, found.authority = got.Host, authority
	if err := found.check(); err != nil {
		return metadata{}, &providers.StageError{Stage: providers.StageDialogue, Host: got.Host, Err: err}
	}
	return found, nil
}

func readMetadata(text []byte) metadata {
	body := oauth.Members(text)
	return metadata{
		issuer:        body.Text("issuer"),
		authorization: body.Text("authorization_endpoint"),
		token:         body.Text("token_endpoint"),
		deviceCode:    body.Text("device_authorization_endpoint"),
		region:        body.Text("tenant_region_scope"),
		cloud:         body.Text("cloud_instance_name"),
	}
}

// check refuses metadata that would send a secret nowhere, or out in clear.
func (m metadata) check() error {
	if m.token == "" || m.issuer == "" {
		return errors.New("its answer is not the metadata of a sign-in service: it names no issuer and token endpoint (a proxy's page, or the wrong authority)")
	}
	for _, endpoint := range []string{m.authorization, m.token, m.deviceCode} {
		u, err := url.Parse(endpoint)
		if endpoint != "" && (err != nil || u.Scheme != "https" || u.Hostname() == "") {
			return fmt.Errorf("its metadata names the endpoint %q, which is not an https address", providers.Clean(endpoint))
		}
	}
	return nil
}

// deviceEndpoint is where a device code is asked for: as published, or beside the token endpoint
// as Entra has it.
func (m metadata) deviceEndpoint() string {
	if m.deviceCode != "" {
		return m.deviceCode
	}
	return strings.TrimSuffix(m.token, "token") + "devicecode"
}

// forMSAL is the metadata as MSAL wants to read it. MSAL insists on an authorization endpoint,
// which only a sign-in in a browser uses and some services do not have.
func (m metadata) forMSAL() []byte {
	text, _ := json.Marshal(map[string]string{ // texts always have a JSON form
		"issuer":                 m.issuer,
		"token_endpoint":         m.token,
		"authorization_endpoint": cmp.Or(m.authorization, m.token),
	})
	return text
}

// authorityOf appends a tenant to the sign-in service's address. A tenant is one path segment.
func authorityOf(base, tenant string) (string, error) {
	tenant = strings.TrimSpace(tenant)
	odd := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`/\?#%`, r)
	}
	if tenant == "" || tenant == "." || strings.Contains(tenant, "..") || strings.IndexFunc(tenant, odd) >= 0 || providers.Clean(tenant) != tenant {
		return "", fmt.Errorf("tenant %q is neither a GUID nor a domain such as contoso.example", providers.Clean(tenant))
	}
	if base == "" {
		return "", errors.New("authority is missing: the address of the sign-in service")
	}
	return strings.TrimRight(base, "/") + "/" + url.PathEscape(tenant), nil
}

// guidIn is the first path segment of an address that is a GUID, in lower case; or "".
func guidIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if providers.IsGUID(segment) {
			return strings.ToLower(strings.TrimSpace(segment))
		}
	}
	return ""
}
