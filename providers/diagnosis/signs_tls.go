package diagnosis

// tlsSigns are what TLS libraries say of certificates, versions and ports.
var tlsSigns = []sign{
	{
		when:   "starttls is required but host does not",
		causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch},
	},
	{
		when: "certificate has expired|certificate expired & september 2021|sept 2021|sep 30 2021|30 sep|dst root|" +
			"isrg|identrust|centos 6|old nas|android 4|android 7",
		causes: []Cause{CABundleOutdated, ServerCertificateExpired},
	},
	{
		when: "path building failed|trust anchor & java 8u|jdk 17|android 4|android 5|android 6|android 7|" +
			"stock cacerts|newer phone|gts root",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when: "self signed|self-signed|not trusted|trust anchor|path building failed|unknown authority|known issuer|" +
			"issuer is unknown & own ca|private ca|synology|mkcert|snakeoil|greenmail|mailhog|mailpit|localhost|" +
			"127.0.0.1|davmail|proton|192.168.|[10.|(10.|10.0.0.|our own|at home|localdomain",
		unless: "google|microsoftonline|office365|outlook.office|gmail",
		causes: []Cause{ServerCertificateUntrusted, TLSInterception},
	},
	{
		when:   "certificate & deep inspection|https inspection|cisco umbrella",
		causes: []Cause{TLSInterception, CABundleOutdated},
	},
	{
		when:   "greeting never received & :587|port 587|:25",
		unless: "secure=true|secure: true|ssl: true",
		causes: []Cause{ServerTimeout, NetworkBlocked, SMTPTLSModeMismatch},
	},
	{
		when:   "command is not valid in this state & stls",
		causes: []Cause{SMTPTLSModeMismatch, STARTTLSNotOffered},
	},
	{
		when:   "cadata does not contain a certificate",
		causes: []Cause{CABundleOutdated},
	},
	{
		when:   "starttls & email_port = 465|port = 465|port: 465|port 465|:465",
		unless: "refused|timed out|starttls off",
		causes: []Cause{SMTPTLSModeMismatch, STARTTLSNotOffered},
	},
	{
		when: "unknown certificate authority & rejected; ssl fingerprint & does not match configured; " +
			"sslserr_peer_cert_untrusted; failed to verify peer certificate; server is not trusted; " +
			"signer may need to be added to local trust; ora-29024",
		causes: []Cause{TLSInterception, CABundleOutdated, ServerCertificateUntrusted},
	},
	{
		when: "ssl peer certificate or ssh remote key was not ok; x509: certificate signed by unknown authority & " +
			"ca-certificates|alpine|scratch",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when: "alert(fatal,protocolversion); fatal error 'protocolversion; " +
			"fatal alert has been received. (protocol version",
		causes: []Cause{TLSVersionUnsupported},
	},
	{when: "certificatenotyetvalid", causes: []Cause{ClockSkew}},
	{
		when: "unable to parse tls packet header; disconnected before secure tls connection & secure: true; " +
			"smtp_tls_wrappermode = yes & handshake",
		causes: []Cause{SMTPTLSModeMismatch, NetworkBlocked},
	},
	{when: "names given in the server", causes: []Cause{ServerCertificateNameMismatch}},
	{
		when:   "peer certificate cannot be authenticated with given ca; starttls failed (code: 220",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when:   "corrupt message of type invalidcontenttype; :993|port 993|993, & tls:false|tls: false",
		causes: []Cause{SMTPTLSModeMismatch},
	},
	{
		when:   "missingcapabilityexception: starttls; starttls not accepted from server",
		causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch},
	},
	{
		when: "notvalidforname|cannot validate certificate for & ip sans; certificate relies on legacy common name; " +
			"no subject alternative dns name; verify identity of server; zielprinzipalname ist falsch; " +
			"name auf dem sicherheitszertifikat; server commonname mismatch; only valid for the following names; " +
			"ssl_error_bad_cert_domain; err_cert_common_name_invalid",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when: "certpathvalidatorexception: validity check failed; certificate chain uses expired; nottimevalid; " +
			"nicht im gültigkeitszeitraum; peer certificate: expired; certificate for this server has expired; " +
			"certificate is not currently valid; abgelaufenes zertifikat; sec_e_cert_expired",
		unless: "or is not yet valid",
		causes: []Cause{ServerCertificateExpired, ClockSkew},
	},
	{
		when: "basic constraints of ca cert not marked; missing authority key identifier; " +
			"relation de confiance pour le canal; sec_e_untrusted_root; crypt_e_no_revocation_check; " +
			"crypt_e_revocation_offline; pkix_error_mitm_detected; nicht vertrauenswürdigen zertifizierungsstelle; " +
			"stammzertifikat & nicht als vertrauenswürdig; causedasendentity; " +
			"self-signed certificate in certificate chain; server certificate not trusted",
		causes: []Cause{TLSInterception, ServerCertificateUntrusted, CABundleOutdated},
	},
	{
		when: "error setting certificate file; failed loading cafile; trustanchors parameter must be non-empty; " +
			"could not build a valid certpath; failed to load system roots; unable to locally verify the issuer; " +
			"cannot set x509 trust file; tls_trust_file; cannot load certification authority data; " +
			"invalid certificate authority locations; ignoring extra certs from; no valid native root ca",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when: "sslv3_alert|tlsv1_alert_protocol_version; server selected protocol version; gemeinsamen algorithmus; " +
			"could not create ssl/tls secure channel; kein geschützter ssl/tls-kanal; créer un canal sécurisé ssl/tls; " +
			"canal seguro ssl/tls; tls alert: 'protocolversion; tls alert: 'handshakefailure; " +
			"unexpected error occurred on a send; nicht unterstützter version wurde empfangen; " +
			"unsupported version of security protocol; err_ssl_version_or_cipher_mismatch; legacy sigalg disallowed; " +
			"ssl_error_unsupported_version",
		causes: []Cause{TLSVersionUnsupported, SMTPTLSModeMismatch},
	},
	{when: "bad missing command|bad null command", causes: []Cause{SMTPTLSModeMismatch, ServerProtocolError}},
	{when: "reserved for plain-text|frame size|corrupted frame|unexpected tls packet", causes: []Cause{SMTPTLSModeMismatch}},
	{
		when: "notvalidforname|host name did not match|name given in the server|target principal name|" +
			"name in the certificate|did not match expected cn",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when: "certificate has expired|certificate expired|cert_has_expired|certificate is expired|" +
			"certificateexpired|zertifikat ist abgelaufen|zertifikat abgelaufen|certificat a expiré|" +
			"certificado ha caducado|certificado expirou|certificato è scaduto|certificaat is verlopen|" +
			"certyfikat wygasł|証明書の有効期限|证书已过期|notafter",
		unless: "or is not yet valid|client certificate",
		causes: []Cause{ServerCertificateExpired, ClockSkew},
	},
	{
		when: "certificate & hostname mismatch|name mismatch|does not match|does not match the expected|" +
			"not valid for|owner does not match|no alternative certificate subject name|is valid for|altnames|" +
			"remotecertificatenamemismatch|no name matching|subject alternative",
		unless: "id token|token's|token signature|redirect|thumbprint|assertion",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when:   "hostname mismatch|err_tls_cert_altname_invalid|no subject alternative names",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when: "in certificate chain|self_signed_cert_in_chain|find valid certification path|" +
			"pkix path building failed|trust anchor for certification path not found",
		causes: []Cause{TLSInterception, CABundleOutdated},
	},
	{when: "signed by unknown authority", causes: []Cause{TLSInterception, CABundleOutdated}},
	{
		when:   "unable to verify the first certificate|unable_to_verify_leaf_signature",
		causes: []Cause{TLSInterception, CABundleOutdated},
	},
	{when: "depth_zero_self_signed_cert", causes: []Cause{ServerCertificateUntrusted, TLSInterception}},
	{
		when: "self signed certificate|self-signed certificate|selbstsigniert|auto-signé|autofirmado|autoassinado|" +
			"autofirmato",
		causes: []Cause{TLSInterception, ServerCertificateUntrusted},
	},
	{
		when: "avast|avg antivirus|kaspersky|bitdefender|#eset|norton|mcafee|sophos|zscaler|netskope|fortigate|" +
			"mail shield|ssl scan|ssl inspection & certificate|ssl|tls|cannot reach|could not connect|" +
			"unable to connect|cannot connect",
		causes: []Cause{TLSInterception, NetworkBlocked},
	},
	{when: "certificate & intercept", causes: []Cause{TLSInterception, CABundleOutdated}},
	{
		when: "no ca certificates|error setting certificate verify locations|cacert.pem|ca bundle|ca-bundle|" +
			"certifi & not found|no such file|could not find|missing|no ca|verify locations",
		causes: []Cause{CABundleOutdated, ConfigEntryMissing},
	},
	{
		when:   "unable to get local issuer certificate|unable_to_get_issuer_cert_locally|issuer certificate",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when:   "certificate verify failed|certificate verification failed|certificate_verify_failed",
		unless: "expired|not yet valid",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{
		when: "remote certificate is invalid|remotecertificatechainerrors|partialchain|untrustedroot|" +
			"remotezertifikat ist|certificat distant|certificado remoto|certificato remoto|externe certificaat|" +
			"zdalny certyfikat|リモート証明書|远程证书|could not establish trust relationship|ssl or tls secure channel|" +
			"certificate is not trusted|which is not trusted|certificate unknown|alert bad certificate|" +
			"alert unknown ca|known issuer|issuer is unknown|security certificate that cannot be verified",
		causes: []Cause{TLSInterception, CABundleOutdated},
	},
	{
		when: "no appropriate protocol|possess a common algorithm|alert protocol version|" +
			"protocol version not supported|no protocols available|unsupported protocol|unsupported_protocol|" +
			"version too low|version_too_low|protocol downgrade|downgrade attack|no shared cipher|handshake_failure|" +
			"handshake failure|cipher suites are inappropriate|tls 1.0 and 1.1 are not|#4.7.230|#4.7.66|" +
			"inappropriate_fallback|protocol_version|key_too_small|key too small|ca_md_too_weak|legacy renegotiation|" +
			"legacy_renegotiation",
		causes: []Cause{TLSVersionUnsupported},
	},
	{
		when:   "tls 1.0|tls1.0|tlsv1.1|tls 1.2|tls version",
		causes: []Cause{TLSVersionUnsupported},
	},
	{
		when:   "wrong version number|wrong_version_number & httpsconnectionpool|proxy",
		causes: []Cause{ProxyMisconfigured, TLSInterception},
	},
	{
		when: "wrong version number|wrong_version_number|unrecognized ssl message|not look like a tls handshake|" +
			"not look like ssl|packet length too long|:unknown protocol|plaintext connection|record layer failure|" +
			"record overflow|bad greeting from smtp host|tlsv1 unrecognized|greeting never received|" +
			"must issue a starttls|starttls is required|ssl routines:ssl23|" +
			"handshake failed due to an unexpected packet|unerwartetes tls-paket|unerwarteten paketformats|" +
			"[ssl: unknown_protocol]|wrappermode (tcp port 465)|0x800ccc1a|[privacyrequired]|" +
			"connection already using tls|maybe should use tls",
		causes: []Cause{SMTPTLSModeMismatch},
	},
	{when: "pop3> stls|upgrade to tls & -err|failed|not valid", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{
		when: "starttls ~ not supported|does not support|not offered|not available|not advertised|unsupported|" +
			"unsuppoter|extension; starttls failed|starttls refused|starttls command failed|starttls command refused|" +
			"failed starttls",
		unless: "handshake fail|handshake error|certificate",
		causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch},
	},
	{
		when: "establish an ssl or tls connection|secure tls connection|secure ssl connection|tls connection failed|" +
			"ssl connection failed|ssl handshake failed|tls handshake failed|handshakeexception|handshake error|" +
			"ssl_error_ssl|stream_socket_enable_crypto|tls negotiation failed|ssl negotiation failed",
		causes: []Cause{TLSInterception, SMTPTLSModeMismatch, TLSVersionUnsupported, CABundleOutdated},
	},
	{
		when: "advertise that feature|does not support secure connections|0x800ccc7d|tls not supported by server|" +
			"stls extension|ne supporte pas tls|ssl support not available|but was not offered by host|" +
			"unterstützt keine sicheren verbindungen|en charge les connexions sécurisées|requested ssl level failed|" +
			"neither tls or starttls are in use|unable to negotiate tls with|encrypted connection unavailable|" +
			"unencrypted connection; error upgrading connection with starttls",
		causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch},
	},
	{when: "could not convert socket to tls", causes: []Cause{TLSVersionUnsupported, TLSInterception, SMTPTLSModeMismatch}},
}
