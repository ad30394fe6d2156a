using System;
using System.IO;

namespace Dsl;

/// <summary>A safetensors file is damaged, or does not hold what is wanted from it; the message names the file, the tensor and both sides.</summary>
public sealed class SafetensorsException : IOException
{
    internal SafetensorsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
