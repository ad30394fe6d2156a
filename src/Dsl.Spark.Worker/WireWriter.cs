using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Dsl.Spark.Worker;

/// <summary>The other direction of <see cref="WireReader"/>.</summary>
internal sealed class WireWriter(Stream stream)
{
    private readonly byte[] number = new byte[8];

    public void Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        stream.Write(number, 0, 4);
    }

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        stream.Write(number, 0, 8);
    }

    public void Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Int(bytes.Length);
        stream.Write(bytes);
    }

    public void Flush() => stream.Flush();
}
