using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dsl.Spark.Executors;

/// <summary>What the client puts where PySpark has a pickled function: which C# runs. Spark hands it on untouched.</summary>
/// <param name="Code">The folder of the user's assemblies under the session's folder on the executor.</param>
/// <param name="Assembly">The name of the assembly with the class.</param>
/// <param name="Type">The full name of the class, an <see cref="ExecutorFunction"/>, as reflection has it.</param>
/// <param name="State">The file with what <see cref="ExecutorFunction.Load"/> gets, under the session's folder, named by its hash; or null.</param>
/// <param name="Session">The session's folder on executors, which a stream's tasks do not run in; or null.</param>
/// <param name="Options">What <see cref="ExecutorFunction.Options"/> is; or null.</param>
internal sealed record FunctionCommand(string Code, string Assembly, string Type, string? State, string? Session = null, string? Options = null)
{
    /// <summary>The form of the bytes; another one is not understood.</summary>
    private const int Form = 1;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Envelope(Form, this), FunctionCommandJson.Default.Envelope);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are of something else.</exception>
    public static FunctionCommand FromBytes(ReadOnlySpan<byte> bytes)
    {
        Envelope? envelope;
        try
        {
            envelope = JsonSerializer.Deserialize(bytes, FunctionCommandJson.Default.Envelope);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A C# function is wanted, but Spark sent {bytes.Length} bytes that are none: {error.Message}", error);
        }

        if (envelope is not { Form: Form, Function: { } function })
            throw new InvalidDataException($"The client describes functions in form {envelope?.Form}; this worker knows form {Form}. Client and worker must be of one version.");
        return function;
    }

    internal sealed record Envelope(int Form, FunctionCommand Function);
}

[JsonSerializable(typeof(FunctionCommand.Envelope))]
internal sealed partial class FunctionCommandJson : JsonSerializerContext;
