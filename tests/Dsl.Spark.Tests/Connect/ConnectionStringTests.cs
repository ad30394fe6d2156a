using System;
using Dsl.Spark.Connect;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

public class ConnectionStringTests
{
    [Theory]
    [InlineData("sc://localhost", "http://localhost:15002/")]
    [InlineData("sc://localhost/", "http://localhost:15002/")]
    [InlineData("sc://spark.example.org:443/;use_ssl=true", "https://spark.example.org/")]
    [InlineData("sc://127.0.0.1:7077", "http://127.0.0.1:7077/")]
    [InlineData("sc://[::1]:7077/;token=x", "http://[::1]:7077/")]
    [InlineData("sc://[2001:db8::1]", "http://[2001:db8::1]:15002/")]
    [InlineData("sc://spark.example.org/;token=x", "https://spark.example.org:15002/")]
    [InlineData("sc://localhost/;token=x", "http://localhost:15002/")]
    [InlineData("sc://localhost/;token=x;use_ssl=true", "https://localhost:15002/")]
    [InlineData("sc://127.0.0.1/;token=x;use_ssl=false", "http://127.0.0.1:15002/")]
    public void Says_where(string text, string address) => Assert.Equal(address, ConnectionString.Parse(text).Address.ToString());

    [Fact]
    public void Parameters_are_read()
    {
        ConnectionString all = ConnectionString.Parse(
            "sc://spark.example.org/;token=a%3Db%3B;user_id=Ada%20L;user_agent=app;session_id=00112233-4455-6677-8899-AABBCCDDEEFF;x-cluster=7;grpc_max_message_size=1");
        Assert.Equal("a=b;", all.Token);
        Assert.Equal("Ada L", all.UserId);
        Assert.Equal("app", all.UserAgent);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", all.SessionId);
        Assert.Equal("7", Assert.Single(all.Headers).Value);
        Assert.True(all.UsesTls);
    }

    [Theory]
    [InlineData("localhost:15002", "must start with sc://")]
    [InlineData("sc://", "the host is ''")]
    [InlineData("sc://a b", "the host is 'a b'")]
    [InlineData("sc://localhost:0", "the port is '0'; 1 to 65535 is wanted")]
    [InlineData("sc://localhost:70000", "the port is '70000'")]
    [InlineData("sc://localhost:x/;user_id=1", "the port is 'x'")]
    [InlineData("sc://localhost/path", "only parameters are known")]
    [InlineData("sc://localhost;user_id=1", "only parameters are known")]
    [InlineData("sc://localhost/;user_id", "the parameter 'user_id' has no value")]
    [InlineData("sc://localhost/;use_ssl=yes", "use_ssl is 'yes'; true or false is wanted")]
    [InlineData("sc://localhost/;session_id=7", "session_id is '7'; a UUID is wanted")]
    [InlineData("sc://localhost/;a b=7", "'a b' is no name of a header")]
    [InlineData("sc://spark.example.org/;token=x;use_ssl=false", "would travel to spark.example.org in clear")]
    public void Says_what_is_wrong(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => ConnectionString.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_keeps_the_token_to_itself() =>
        Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(() => ConnectionString.Parse("sc://example.org/;token=secret;use_ssl=false")).Message, StringComparison.Ordinal);
}
