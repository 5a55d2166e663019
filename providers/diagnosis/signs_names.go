package diagnosis

// nameSigns are the constants and exceptions by which browsers, systems and libraries name a failure.
// Sources: Chromium's net error list, Mozilla's NSS and Necko error names, OpenSSL's X509_V_ERR and
// libcurl's CURLE names, Node.js errors, .NET's WebExceptionStatus, SocketError and HttpRequestError,
// Apple's Secure Transport and NSURLError names, D-Bus and Secret Service errors, MailCore's error domain.
var nameSigns = []sign{
	{
		when: "err_cert_authority_invalid|sec_error_unknown_issuer|sec_error_untrusted_issuer|" +
			"sec_error_untrusted_cert|mozilla_pkix_error_self_signed_cert|mozilla_pkix_error_additional_policy|" +
			"errsslunknownrootcert|errsslxcertchaininvalid|errsslnorootcert|" +
			"nsurlerrorservercertificateuntrusted|nsurlerrorservercertificatehasunknownroot",
		causes: []Cause{ServerCertificateUntrusted, TLSInterception, CABundleOutdated},
	},
	{
		when: "x509_v_err_unable_to_get_issuer_cert|curle_ssl_cacert|curle_peer_failed_verification|" +
			"unable_to_get_issuer_cert",
		unless: "name mismatch|host name|hostname|does not match",
		causes: []Cause{CABundleOutdated, TLSInterception, ServerCertificateUntrusted},
	},
	{when: "err_cert_known_interception_blocked", causes: []Cause{TLSInterception}},
	{
		when: "sec_cert_date_invalid|secure_cert_date_invalid|sec_error_expired_issuer|errsslcertexpired|" +
			"nsurlerrorservercertificatehasbaddate",
		causes: []Cause{ServerCertificateExpired, ClockSkew},
	},
	{
		when: "sec_error_ocsp_future_response|cert_not_activated|tls_certificate_not_activated|" +
			"errsslcertnotyetvalid|nsurlerrorservercertificatenotyetvalid",
		causes: []Cause{ClockSkew, ServerCertificateExpired},
	},
	{
		when: "sec_e_wrong_principal|cert_e_cn_no_match|sec_cert_cn_invalid|secure_cert_cn_invalid|" +
			"cert_unexpected_owner|tls_certificate_bad_identity|ixp_e_invalid_cert_cn|" +
			"sslpeerunverifiedexception|errsslhostnamemismatch|x509_v_err_hostname_mismatch|hostnamemismatch",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when: "nsurlerrorsecureconnectionfailed|sec_e_illegal_message|serverdoesnotsupporttls12|" +
			"ssl_error_no_cypher_overlap|ssl_error_protocol_version_alert|ssl_error_handshake_failure_alert|" +
			"errsslpeerprotocolversion|errsslnegotiation|securechannelfailure|curle_ssl_cipher",
		causes: []Cause{TLSVersionUnsupported, TLSInterception},
	},
	{
		when: "packet_length_too_long|tls_error_not_tls|ssl_error_rx_record_too_long|" +
			"ssl_error_rx_unknown_record_type|err_ssl_protocol_error",
		causes: []Cause{SMTPTLSModeMismatch, TLSVersionUnsupported, ServerProtocolError},
	},
	{
		when: "err_no_supported_proxies|winhttp_autodetection_failed|winhttp_unable_to_download_script|" +
			"ns_error_proxy_connection_refused|ns_error_unknown_proxy_host|ns_error_proxy_bad_gateway|" +
			"curle_couldnt_resolve_proxy|proxytunnelerror|proxynameresolutionfailure|" +
			"err_mandatory_proxy_configuration_failed|err_pac_script_failed",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked},
	},
	{when: "ns_error_proxy_authentication", causes: []Cause{ProxyAuthRequired}},
	{
		when: "pr_directory_lookup_error|wsahost_not_found|send_failed_unknown_server|ns_error_unknown_host|" +
			"err_dns_|nameresolutionfailure|nameresolutionerror|curle_couldnt_resolve_host|" +
			"nsurlerrorcannotfindhost|nsurlerrordnslookupfailed|g_resolver_error",
		causes: []Cause{DNSFailure},
	},
	{
		when:   "ns_error_net_timeout|curle_operation_timedout|curle_operation_timeouted|nsurlerrortimedout|err_timed_out",
		causes: []Cause{ServerTimeout, NetworkBlocked},
	},
	{
		when: "ns_error_connection_refused|ns_error_net_reset|ns_error_net_interrupt|ns_error_offline|" +
			"err_connection_timed_out|err_connection_reset|err_connection_closed|err_address_unreachable|" +
			"err_internet_disconnected|err_network_access_denied|curle_couldnt_connect|" +
			"nsurlerrorcannotconnecttohost|nsurlerrornetworkconnectionlost|nsurlerrornotconnectedtointernet",
		causes: []Cause{NetworkBlocked, ServerTimeout, ProxyMisconfigured},
	},

	{
		when:   "errsecitemnotfound|nte_bad_key_state|keypermanentlyinvalidated",
		causes: []Cause{TokenCacheUnreadable, ConfigEntryMissing},
	},
	{when: "is not in the password store", causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable}},
	{
		when:   "secret.error.islocked|secret_error_is_locked",
		causes: []Cause{KeyringLocked},
	},
	{
		when: "result_no_keyring_daemon|secretservicenotavailable|secret_service_not_available|" +
			"errsecnotavailable|errsecnosuchkeychain|errsecnodefaultkeychain",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{
		when:   "secretstorage.exceptions.itemnotfound|secret.error.nosuchobject",
		causes: []Cause{ConfigEntryMissing, KeyringServiceMissing},
	},
	{
		when:   "webexception|socketerror|socketexception & connectfailure|networkunreachable|hostunreachable",
		causes: []Cause{NetworkBlocked, ServerTimeout},
	},

	{when: "curle_use_ssl_failed", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{when: "get_user_name_failed", causes: []Cause{FederatedUserROPC, ConfigEntryMissing}},
	{when: "authentication_ui_failed", causes: []Cause{CallbackNotReceived}},
	{
		when:   "loopback_redirect_uri|loopback_response_uri_mismatch",
		causes: []Cause{RedirectURIWrongPlatform, CallbackNotReceived},
	},
	{when: "servicenotauthenticatedexception & smtp", causes: []Cause{SMTPClientNotAuthenticated, WrongCredentials}},
	{when: "environmentcredential is not available", causes: []Cause{ConfigEntryMissing, SecretMissing}},
	{when: "missing code verifier", causes: []Cause{RequestParameterMissing, AuthCodeAlreadyUsed}},

	{when: "mcoerrordomain error 2|mcoerrordomain code=2", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{
		when:   "mcoerrordomain error 4|mcoerrordomain code=4",
		causes: []Cause{ServerCertificateUntrusted, TLSInterception, ServerCertificateNameMismatch},
	},
}

// responseCodeSigns are codes that IMAP servers put in brackets before their sentence (RFC 5530).
var responseCodeSigns = []sign{
	{when: "no [expired]", causes: []Cause{PasswordExpired}},
	{when: "no [limit]", causes: []Cause{TooManyConnections, Throttled}},
	{when: "no [noperm]", causes: []Cause{MailboxPermissionMissing}},
}
