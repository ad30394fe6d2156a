namespace Dsl.Runtime;

/// <summary>A fully connected layer: y = epilogue(x·Wᵀ + b) over rows.</summary>
/// <param name="Inputs">Features of a row of x.</param>
/// <param name="Outputs">Features of a row of y.</param>
/// <param name="Epilogue">Applied to the result.</param>
/// <param name="InputChannels">
/// 0 where x lies in the order of the weight's columns. Otherwise x is a flattened channels-last image of this many channels: column
/// c·(Inputs / InputChannels) + pixel of the weight (channels-first order, as a user sees it) belongs to float pixel·InputChannels + c of a row.
/// </param>
public readonly record struct LinearShape(int Inputs, int Outputs, Epilogue Epilogue = default, int InputChannels = 0)
{
    /// <summary>Floats that the compiler gives the forward weights, whatever the backend makes of them: Inputs × Outputs rounded up to 32.</summary>
    public long PreparedFloats => PreparedPanels.Floats(Inputs, Outputs);

    /// <summary>Floats that the compiler gives the weights for the gradient of x: Outputs × Inputs rounded up to 32.</summary>
    public long PreparedBackwardFloats => PreparedPanels.Floats(Outputs, Inputs);
}
