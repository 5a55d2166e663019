package practice

import (
	"slices"
	"strings"
)

// scopeRequest is what a scope parameter asks for. Its resource is one; the sign-in scopes of
// OpenID Connect may always stand beside it.
type scopeRequest struct {
	asked     []string // the resource's scopes, as written
	audience  string   // the resource as first written; empty when only sign-in scopes are asked for
	resource  resource
	names     []string // permissions, in the resource's spelling
	byDefault bool     // /.default: whatever was consented to
	signIn    []string // openid, profile, email, offline_access
}

// parseScopes reads a scope parameter: space-separated, of one resource only
// (https://learn.microsoft.com/entra/identity-platform/scopes-oidc).
func parseScopes(text, app string) (scopeRequest, *refusal) {
	var request scopeRequest
	for _, scope := range strings.Fields(text) {
		if has([]string{"openid", "profile", "email", "offline_access"}, scope) {
			request.signIn = append(request.signIn, strings.ToLower(scope))
			continue
		}
		if strings.ContainsAny(scope, ",;\"'<>\\{}|^`") {
			return request, badRequest("invalid_scope", 70011, "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid.", text)
		}
		if refused := request.add(scope, text, app); refused != nil {
			return request, refused
		}
	}
	if request.byDefault && len(request.names) > 0 {
		return request, badRequest("invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes.")
	}
	if len(request.asked) == 0 && len(request.signIn) > 0 {
		// Signing in alone gives a token for Microsoft Graph.
		request.audience = graphAudience
		request.resource, _ = findResource(graphAudience)
	}
	return request, nil
}

func (r *scopeRequest) add(scope, all, app string) *refusal {
	written, name := graphAudience, scope // a bare name is Microsoft Graph's
	if cut := strings.LastIndexByte(scope, '/'); cut >= 0 {
		written, name = strings.TrimRight(scope[:cut], "/"), scope[cut+1:]
	}
	found, known := findResource(written)
	if !known {
		return resourceNotFound(written)
	}
	if r.audience != "" && r.resource.appID != found.appID {
		return badRequest("invalid_request", 28000, "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope %s is not valid.", all)
	}
	r.asked = append(r.asked, scope)
	r.resource = found
	if r.audience == "" {
		r.audience = strings.ToLower(written)
	}
	if strings.EqualFold(name, ".default") {
		r.byDefault = true
		return nil
	}
	i := slices.IndexFunc(found.scopes, func(have string) bool { return strings.EqualFold(have, name) })
	if i < 0 {
		return badRequest("invalid_scope", 650053, "The application '%s' asked for scope '%s' that doesn't exist on the resource '%s'. Contact the app vendor.", app, name, found.appID)
	}
	r.names = append(r.names, found.scopes[i])
	return nil
}

func resourceNotFound(name string) *refusal {
	return badRequest("invalid_resource", 500011, "The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.", name, tenantName)
}

// appOnly says why the request cannot be one of an application for itself, which gets whatever
// was consented to and names no single permission.
func (r scopeRequest) appOnly(text string) *refusal {
	if len(r.asked) == 0 || len(r.names) > 0 {
		return badRequest("invalid_scope", 1002012, "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).", text)
	}
	return nil
}
