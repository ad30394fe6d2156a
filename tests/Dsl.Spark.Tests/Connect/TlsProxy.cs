using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Dsl.Spark.Tests.Connect;

/// <summary>Speaks TLS in front of a Spark that does not, with a certificate for 127.0.0.1 of an authority of its own.</summary>
internal sealed class TlsProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<IDisposable> open = [];
    private readonly CancellationTokenSource end = new();
    private readonly X509Certificate2 certificate;
    private readonly int target;

    public TlsProxy(int target)
    {
        this.target = target;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa authorityKey = ECDsa.Create();
        CertificateRequest authority = new("CN=Tests' own authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        Authority = root.ExportCertificatePem();
        using ECDsa key = ECDsa.Create();
        CertificateRequest request = new("CN=Spark", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(root, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);
        certificate = issued.CopyWithPrivateKey(key);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The authority's certificate in PEM.</summary>
    public string Authority { get; }

    public string ConnectionString => $"sc://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/;use_ssl=true;token=t";

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        foreach (IDisposable one in open)
            one.Dispose();
        certificate.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
            _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        TcpClient server = new();
        open.Add(client);
        open.Add(server);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, end.Token);
            client.NoDelay = server.NoDelay = true;
            SslStream secret = new(client.GetStream());
            await secret.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, end.Token);
            await Task.WhenAny(secret.CopyToAsync(server.GetStream(), end.Token), server.GetStream().CopyToAsync(secret, end.Token));
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client does not trust, or went away.
        }

        client.Dispose();
        server.Dispose();
    }
}
