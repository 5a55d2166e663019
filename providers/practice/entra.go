package practice

import (
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// entraRoutes are the sign-in service's addresses, and the page on which people enter codes.
func (t *Tenant) entraRoutes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/{tenant}/v2.0/.well-known/openid-configuration", t.answer("GET", "metadata", t.metadata))
	routes.HandleFunc("/{tenant}/discovery/v2.0/keys", t.answer("GET", "keys", t.keys))
	routes.HandleFunc("/common/discovery/instance", t.answer("GET", "instance discovery", t.instanceDiscovery))
	routes.HandleFunc("/{tenant}/oauth2/v2.0/devicecode", t.answer("POST", "devicecode", t.deviceCode))
	routes.HandleFunc("/{tenant}/oauth2/v2.0/token", t.answer("POST", "token", t.token))
	// A page elsewhere must not be able to approve a sign-in through the browser of this computer.
	protection := http.NewCrossOriginProtection()
	routes.Handle("/{tenant}/oauth2/v2.0/authorize", protection.Handler(http.HandlerFunc(t.authorizePage)))
	routes.Handle(deviceLoginPath, protection.Handler(http.HandlerFunc(t.deviceLogin)))
	return routes
}

// answer wraps one operation: the one method it takes, the bound on its body, its journal line.
func (t *Tenant) answer(method, name string, operation func(*http.Request) (any, *refusal)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		result, refused := any(nil), (*refusal)(nil)
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		switch {
		case r.Method != method:
			refused = badRequest("invalid_request", 900561, "The endpoint only accepts %s requests. Received a %s request.", method, r.Method)
		case method == http.MethodPost && r.ParseForm() != nil:
			refused = badRequest("invalid_request", 9002313, "Invalid request. Request is malformed or invalid.")
		default:
			result, refused = operation(r)
		}
		summary := name
		if kind := grantKind(r.PostForm.Get("grant_type")); kind != "" {
			summary += " " + kind
		}
		if refused != nil {
			t.journal.note(t.clock.now(), "https", summary+" refused: "+refused.String())
			refused.write(w, r, t.clock.now())
			return
		}
		t.journal.note(t.clock.now(), "https", summary+" answered")
		writeJSON(w, http.StatusOK, result)
	}
}

// findTenant checks the tenant of a URL: its GUID, one of its domains, or one of the names that
// stand for any tenant.
func (t *Tenant) findTenant(name string) *refusal {
	if multiTenant(name) {
		return nil
	}
	if uuid.Validate(name) != nil && (!strings.Contains(name, ".") || strings.ContainsAny(name, " {}$%")) {
		return badRequest("invalid_request", 900023, "Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain.", name)
	}
	if !t.state.tenantExists || !(strings.EqualFold(name, tenantID) || has(t.fixture.domains, name)) {
		return badRequest("invalid_tenant", 90002, "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.", name)
	}
	return nil
}

func multiTenant(name string) bool {
	return has([]string{"common", "organizations", "consumers"}, name)
}

// metadata is the OpenID Connect discovery document. Asked by domain, it answers with the GUID.
func (t *Tenant) metadata(r *http.Request) (any, *refusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	name := r.PathValue("tenant")
	if refused := t.findTenant(name); refused != nil {
		return nil, refused
	}
	path, issuer := tenantID, tenantID
	if multiTenant(name) {
		path, issuer = strings.ToLower(name), "{tenantid}"
	}
	base := t.authority() + path
	region, cloud := "EU", "microsoftonline.com"
	if t.state.nationalCloud {
		region, cloud = "USGov", "microsoftonline.us"
	}
	return map[string]any{
		"issuer":                                t.metadataIssuer(issuer),
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         base + "/oauth2/v2.0/devicecode",
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		"grant_types_supported":                 []string{grantCode, grantCredentials, grantDevice, grantRefresh},
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "preferred_username", "name", "tid", "ver", "email"},
		"request_uri_parameter_supported":       false,
		"http_logout_supported":                 false,
		"tenant_region_scope":                   region,
		"cloud_instance_name":                   cloud,
		"cloud_graph_host_name":                 "graph.windows.net",
		"msgraph_host":                          "graph.microsoft.com",
	}, nil
}

func (t *Tenant) keys(r *http.Request) (any, *refusal) {
	t.mutex.Lock()
	refused := t.findTenant(r.PathValue("tenant"))
	t.mutex.Unlock()
	if refused != nil {
		return nil, refused
	}
	return t.signer.jwks(t.metadataIssuer(tenantID)), nil
}

// instanceDiscovery tells clients which clouds this host knows: itself alone.
func (t *Tenant) instanceDiscovery(*http.Request) (any, *refusal) {
	return map[string]any{
		"tenant_discovery_endpoint": t.authority() + tenantID + "/v2.0/.well-known/openid-configuration",
		"api-version":               "1.1",
		"metadata": []map[string]any{{
			"preferred_network": t.ports.https, "preferred_cache": t.ports.https, "aliases": []string{t.ports.https},
		}},
	}, nil
}

func (t *Tenant) authority() string { return "https://" + t.ports.https + "/" }

func (t *Tenant) metadataIssuer(tenant string) string { return t.authority() + tenant + "/v2.0" }
