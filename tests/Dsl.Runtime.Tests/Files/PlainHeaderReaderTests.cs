using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>Which headers are read without System.Text.Json, and that they say what they say to it.</summary>
public class PlainHeaderReaderTests
{
    [Fact]
    public void What_is_written_is_plain()
    {
        byte[] file = SafetensorsTests.Bytes(
            [SafetensorsTests.Tensor("a.weight", 2, 3), SafetensorsTests.Tensor("b"), SafetensorsTests.Tensor("c", 0)],
            new Dictionary<string, string> { ["format"] = "pt" });
        int length = (int)BitConverter.ToInt64(file);
        List<NamedRange> tensors = [];
        Dictionary<string, string> metadata = [];
        Assert.True(new PlainHeaderReader(file.AsSpan(8, length)).TryRead(tensors, metadata));
        Assert.Equal([("a.weight", "F32", "2 3", 0L, 24L), ("b", "F32", "", 24L, 28L), ("c", "F32", "0", 28L, 28L)], tensors.Select(one => (one.Name, one.ElementType, string.Join(' ', one.Shape), one.Begin, one.End)));
        Assert.Equal([new("format", "pt")], metadata);
    }

    [Theory]
    [InlineData(true, " { } \n")]
    [InlineData(true, """{"a":{"data_offsets":[0, 4],"shape" : [1],"dtype":"F32"}}""")]
    [InlineData(true, """{"__metadata__":{},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""")]
    [InlineData(false, "")]
    [InlineData(false, "{")]
    [InlineData(false, "{}x")]
    [InlineData(false, "{,}")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1] "data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"a":{"dtype":"F32","shape":[1234567890123456789],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"ä":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData(false, """{"__metadata__":{"a":1}}""")]
    [InlineData(false, """{"__metadata__":{"a":"1","a":"2"}}""")]
    public void Anything_else_is_left_to_the_other(bool isPlain, string json) =>
        Assert.Equal(isPlain, new PlainHeaderReader(Encoding.UTF8.GetBytes(json)).TryRead([], []));
}
