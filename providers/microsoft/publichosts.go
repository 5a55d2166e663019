package microsoft

import (
	"net/url"
	"slices"
	"strings"
)

// publicHosts are Microsoft's own sign-in hosts, in all its clouds: the list that MSAL for Go
// trusts without asking (apps/internal/oauth/ops/authority), and
// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
func publicHosts() []string {
	return []string{
		"login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "sts.windows.net",
		"login.microsoftonline.us", "login-us.microsoftonline.com", "login.usgovcloudapi.net",
		"login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "login.microsoftonline.de",
		"login.sovcloud-identity.fr", "login.sovcloud-identity.de", "login.sovcloud-identity.sg",
	}
}

func isPublic(host string) bool { return slices.Contains(publicHosts(), strings.ToLower(host)) }

// hostIn is the host of an address, with its port where one is given, in lower case; or "".
func hostIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
