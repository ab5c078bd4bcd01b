using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AlertEngine.Testing.Services;

/// <summary>A self-signed certificate of the loopback interface, for one test run, as PEM files.</summary>
public static class ServerCertificate
{
    /// <summary>Writes <c>keystore.pem</c> (key and certificate) and <c>ca.pem</c> into a folder.</summary>
    public static void Write(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string pem = certificate.ExportCertificatePem() + "\n";
        File.WriteAllText(Path.Combine(folder, "keystore.pem"), key.ExportPkcs8PrivateKeyPem() + "\n" + pem);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), pem);
    }
}
